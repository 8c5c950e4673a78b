using System.Diagnostics;
using System.Globalization;
using MLPipelines.Cli.Output;

namespace MLPipelines.Cli.Pretraining;

/// <summary>Shows how training goes that time ends: how many passes there will be is not known.</summary>
internal sealed class TimedProgress(ProgressDisplay display, TimeSpan limit) : IProgress<TrainingProgress>
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public void Report(TrainingProgress value)
    {
        string loss = value.Loss is { } known && double.IsFinite(known) ? string.Create(CultureInfo.InvariantCulture, $", loss {known:0.0000}") : "";
        display.Count(string.Create(CultureInfo.InvariantCulture, $"{value.Stage}: {value.Iteration} passes{loss}, {Stopwatch.GetElapsedTime(_start).TotalSeconds:0} of {limit.TotalSeconds:0} s"));
    }
}
