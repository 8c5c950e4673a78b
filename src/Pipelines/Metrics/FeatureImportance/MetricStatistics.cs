namespace MLPipelines.Data;

/// <summary>Mean and spread of a metric over several measurements.</summary>
public sealed class MetricStatistics
{
    private double _squares;

    internal MetricStatistics() { }

    public double Mean { get; private set; }

    /// <summary>The standard deviation of the measurements; 0 for a single one.</summary>
    public double StandardDeviation => Count > 1 ? Math.Sqrt(_squares / (Count - 1)) : 0;

    /// <summary>The standard error of <see cref="Mean"/>; 0 for a single measurement.</summary>
    public double StandardError => Count > 1 ? StandardDeviation / Math.Sqrt(Count) : 0;

    /// <summary>The number of measurements.</summary>
    public int Count { get; private set; }

    // Welford's update: no large sums are subtracted.
    internal void Add(double value)
    {
        double distance = value - Mean;
        Mean += distance / ++Count;
        _squares += distance * (value - Mean);
    }

    /// <summary>Adds how each metric of a list changes; the first time makes the statistics.</summary>
    internal static void Add(ref MetricStatistics[] statistics, IReadOnlyList<double> after, IReadOnlyList<double> before)
    {
        if (statistics.Length == 0) statistics = [.. before.Select(_ => new MetricStatistics())];
        for (int i = 0; i < statistics.Length; i++) statistics[i].Add(after[i] - before[i]);
    }
}
