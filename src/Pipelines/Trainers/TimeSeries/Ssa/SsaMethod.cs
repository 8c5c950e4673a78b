using System.Numerics.Tensors;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Singular spectrum analysis of the differences from the mean (Golyandina and Korobeynikov 2012): windows of whole seasons, split into as many
/// components as forecast the end of the series best.
/// </summary>
public sealed class SsaMethod : ForecastMethod
{
    private const int LeastPoints = 9;
    private const int LongestPlainWindow = 32;
    private const int LongestWindowOfSeasons = 180;
    private const int LongestSeason = 400;

    public override string Name => "SSA";

    /// <summary>
    /// The length of the windows: 2 or more, and less than half of the series. By default as many of the longest season that fits thrice as are no
    /// more than 180 steps; without seasons a third of the series, 32 steps at most.
    /// </summary>
    public int? WindowSize { get; init; }

    public override string? ObjectionTo(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        int needed = Math.Max(LeastPoints, (2 * (WindowSize ?? 2)) + 1);
        return series.Length < needed ? $"it has {series.Length} values, and {needed} are needed" : null;
    }

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(environment);
        environment.CancellationToken.ThrowIfCancellationRequested();
        int window = WindowSize ?? WindowFor(series);
        double mean = TensorPrimitives.Average(series.Values.Span);
        double[] centered = new double[series.Length];
        TensorPrimitives.Subtract(series.Values.Span, mean, centered);
        SsaRecursion<double> recursion = SsaTrainer.Train(centered, new SsaSettings(window, RankSelectionMethod.Exact, 0, window - 1, MeasuresNoise: true), out _);
        return new SsaModel(recursion.StateAfter(centered.AsSpan(centered.Length - window)), mean, recursion);
    }

    private static int WindowFor(Series series)
    {
        int longest = (series.Length - 1) / 3;
        int season = series.Seasons.LastOrDefault(season => season <= Math.Min(longest, LongestSeason), 1);
        return season == 1 ? Math.Min(longest, LongestPlainWindow) : season * Math.Max(1, Math.Min(longest, LongestWindowOfSeasons) / season);
    }
}
