using MLPipelines.TimeSeries;

namespace MLPipelines.Data;

/// <summary>
/// How good forecasts are, by the measures of the M4 competition (Makridakis, Spiliotis and Assimakopoulos 2020): means over the steps and origins of a series
/// first, then over series, so that every series counts the same.
/// </summary>
public sealed record ForecastingMetrics
{
    private ForecastingMetrics(IEnumerable<ErrorSums> series)
    {
        double symmetric = 0, scaled = 0, squared = 0;
        long counted = 0, scalable = 0, covered = 0;
        foreach (ErrorSums sums in series)
        {
            if (sums.Count == 0) continue;
            counted++;
            symmetric += sums.Symmetric / sums.Count;
            squared += sums.Squared;
            covered += sums.Covered;
            Count += sums.Count;
            if (sums.ScaledCount == 0) continue;
            scalable++;
            scaled += sums.Scaled / sums.ScaledCount;
        }
        SymmetricMeanAbsolutePercentageError = counted > 0 ? symmetric / counted : double.NaN;
        MeanAbsoluteScaledError = scalable > 0 ? scaled / scalable : double.NaN;
        RootMeanSquaredError = Count > 0 ? Math.Sqrt(squared / Count) : double.NaN;
        Coverage = Count > 0 ? (double)covered / Count : double.NaN;
    }

    /// <summary>How many values were forecast and came.</summary>
    public long Count { get; }

    /// <summary>sMAPE: the mean of 200·|y − f| / (|y| + |f|), in percent; 0 where both are 0.</summary>
    public double SymmetricMeanAbsolutePercentageError { get; }

    /// <summary>
    /// MASE: the mean of |y − f| over the mean error of repeating the season before, within the values that were learned from. Series without
    /// such an error, which never change, are left out; NaN when all are.
    /// </summary>
    public double MeanAbsoluteScaledError { get; }

    /// <summary>The square root of the mean of (y − f)², over all values, in their unit.</summary>
    public double RootMeanSquaredError { get; }

    /// <summary>The share of values that lie between the bounds; good is the confidence level.</summary>
    public double Coverage { get; }

    /// <summary>The metrics of the baseline on the same values; <see langword="null"/> for a baseline.</summary>
    public ForecastingMetrics? Baseline { get; private init; }

    /// <summary>OWA: the mean of sMAPE and MASE, each relative to that of the baseline; below 1 is better than it. NaN where the baseline makes no error.</summary>
    public double OverallWeightedAverage => Baseline is null ? 1
        : 0.5 * (Ratio(SymmetricMeanAbsolutePercentageError, Baseline.SymmetricMeanAbsolutePercentageError) + Ratio(MeanAbsoluteScaledError, Baseline.MeanAbsoluteScaledError));

    /// <summary>The metrics of each step ahead, the next step first; empty within itself.</summary>
    public IReadOnlyList<ForecastingMetrics> PerHorizon { get; private init; } = [];

    /// <summary>The metrics of each series by name; empty within itself.</summary>
    public IReadOnlyList<KeyValuePair<string, ForecastingMetrics>> PerSeries { get; private init; } = [];

    private static double Ratio(double value, double baseline) => baseline > 0 ? value / baseline : double.NaN;

    internal static ForecastingMetrics Of(IReadOnlyList<SeriesErrors> series, int horizon) => Of(series, ..) with
    {
        PerHorizon = [.. Enumerable.Range(0, horizon).Select(step => Of(series, step..(step + 1)))],
        PerSeries = [.. series.Select(errors => KeyValuePair.Create(errors.Series, Of([errors], ..)))],
    };

    private static ForecastingMetrics Of(IReadOnlyList<SeriesErrors> series, Range steps) => new(series.Select(errors => errors.Model.Over(steps)))
    {
        Baseline = new ForecastingMetrics(series.Select(errors => errors.Baseline.Over(steps))),
    };
}
