namespace MLPipelines.AutoML;

/// <summary>What became of a trial. Two results are of the same trial when their trial numbers are equal.</summary>
public class TrialResult : IEqualityComparer<TrialResult>
{
    public TrialSettings TrialSettings { get; set; } = new();

    /// <summary>What was learned; <see langword="null"/> when the trial failed.</summary>
    public ITransformer? Model { get; set; }

    /// <summary>What a search makes small; not a finite number when the trial failed.</summary>
    public double Loss { get; set; }

    /// <summary>The metric that the user asked for.</summary>
    public double Metric { get; set; }

    public double DurationInMilliseconds { get; set; }

    /// <summary>The processors that were busy, from 0 to their number times 1.</summary>
    public double? PeakCpu { get; set; }

    public double? PeakMemoryInMegaByte { get; set; }

    /// <summary>Why the trial failed.</summary>
    public Exception? Exception { get; set; }

    /// <summary>Whether there is a loss to compare.</summary>
    public bool IsSucceed => Exception is null && double.IsFinite(Loss);

    public bool Equals(TrialResult? x, TrialResult? y) => x is null || y is null ? ReferenceEquals(x, y) : GetHashCode(x) == GetHashCode(y);

    public int GetHashCode(TrialResult obj) => obj?.TrialSettings?.TrialId ?? 0;
}
