using MLPipelines.Scenarios.Charts;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Draws how loss and accuracy went from pass to pass.</summary>
public static class PassCharts
{
    /// <param name="passes">What each pass came to; nothing is drawn of a single one.</param>
    public static IEnumerable<LineChart> Of(IReadOnlyList<TrainingPass> passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        if (passes.Count < 2) yield break;
        yield return Chart("Loss by pass", "Mean cross-entropy after each pass over the pictures; less is better.", pass => pass.Loss, pass => pass.ValidationLoss, 1);
        yield return Chart("Accuracy by pass (%)", "Pictures whose class was right after each pass, in percent.", pass => pass.Accuracy, pass => pass.ValidationAccuracy, 100);

        LineChart Chart(string title, string description, Func<TrainingPass, double> training, Func<TrainingPass, double> validation, double unit)
        {
            double[] x = [.. passes.Select(pass => (double)pass.Number)];
            List<ChartLine> lines = [new("training pictures, changed at random", x, [.. passes.Select(pass => unit * training(pass))], ChartStroke.Dashed)];
            if (passes.Any(pass => double.IsFinite(pass.ValidationLoss))) lines.Add(new ChartLine("validation pictures", x, [.. passes.Select(pass => unit * validation(pass))]));
            return new LineChart { Title = title, Description = description, HasDates = false, Lines = lines, Width = 480, Height = 280 };
        }
    }
}
