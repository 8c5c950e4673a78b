namespace MLPipelines.TimeSeries;

/// <summary>How <see cref="TimeSeriesCatalog.DetectEntireAnomalyBySrCnn(AnomalyDetectionCatalog, IDataView, string, string, SrCnnEntireAnomalyDetectorOptions)"/> works.</summary>
public sealed class SrCnnEntireAnomalyDetectorOptions
{
    /// <summary>The fewest points that can be looked at together.</summary>
    internal const int LeastBatchSize = 12;

    /// <summary>The score above which a point may be an anomaly; from 0 to 1.</summary>
    public double Threshold = 0.3;

    /// <summary>How many points are looked at together; at least 12 and four periods, or -1 for all.</summary>
    public int BatchSize = 2000;

    /// <summary>How narrow the margin of <see cref="SrCnnDetectMode.AnomalyAndMargin"/> is; from 0 to 100.</summary>
    public double Sensitivity = 70;

    /// <summary>What is told about each point.</summary>
    public SrCnnDetectMode DetectMode = SrCnnDetectMode.AnomalyOnly;

    /// <summary>The number of points after which the series repeats itself; 0 when it does not.</summary>
    public int Period;

    /// <summary>How the season is taken out, when there is a period.</summary>
    public SrCnnDeseasonalityMode DeseasonalityMode = SrCnnDeseasonalityMode.Stl;

    /// <summary>The fewest points in a run of their own.</summary>
    internal int LeastRun => Math.Max(LeastBatchSize, 4 * Period);

    /// <summary>A copy, which later changes do not reach.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal SrCnnEntireAnomalyDetectorOptions Checked()
    {
        Check(Threshold is >= 0 and <= 1, nameof(Threshold), Threshold, "a number from 0 to 1");
        Check(Sensitivity is >= 0 and <= 100, nameof(Sensitivity), Sensitivity, "a number from 0 to 100");
        Check(Enum.IsDefined(DetectMode), nameof(DetectMode), DetectMode, "AnomalyOnly, AnomalyAndMargin or AnomalyAndExpectedValue");
        Check(Enum.IsDefined(DeseasonalityMode), nameof(DeseasonalityMode), DeseasonalityMode, "Stl, Mean or Median");
        Check(Period is >= 0 and <= int.MaxValue / 8, nameof(Period), Period, "a whole number from 0 on, and not so large");
        Check(BatchSize == -1 || BatchSize >= LeastRun, nameof(BatchSize), BatchSize, $"-1 for all points, or at least {LeastBatchSize} and four periods of {Period}");
        return (SrCnnEntireAnomalyDetectorOptions)MemberwiseClone();
    }

    private static void Check(bool isGood, string name, object value, string expected)
    {
        if (!isGood) throw new ArgumentOutOfRangeException(name, value, $"Expected {expected}.");
    }
}
