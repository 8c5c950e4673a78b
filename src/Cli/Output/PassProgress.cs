using System.Globalization;
using MLPipelines.Scenarios.ImageClassification;

namespace MLPipelines.Cli.Output;

/// <summary>Shows how a network learns, pass by pass.</summary>
internal sealed class PassProgress(ProgressDisplay display)
{
    internal void Show(TrainingPass pass)
    {
        string validation = double.IsFinite(pass.ValidationAccuracy) ? $", validation accuracy {Figures.Share(pass.ValidationAccuracy)}" : "";
        int left = pass.Count - pass.Number;
        string rest = left > 0 ? $", {Left(left * pass.Seconds)} left" : "";
        display.Count(string.Create(CultureInfo.InvariantCulture,
            $"pass {pass.Number}/{pass.Count}: loss {pass.Loss:0.0000}, accuracy {Figures.Share(pass.Accuracy)}{validation}, {pass.ImagesPerSecond:N0} pictures/s{rest}"));
    }

    private static string Left(double seconds) => seconds < 90 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s") : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min");
}
