namespace MLPipelines.TimeSeries;

/// <summary>What alerts are worth, by the Numenta Anomaly Benchmark.</summary>
/// <param name="TruePositive">The gain for a window that is found at its first row.</param>
/// <param name="FalsePositive">The cost of an alert far from any window.</param>
/// <param name="FalseNegative">The cost of a window that is not found.</param>
public sealed record AnomalyWindowProfile(double TruePositive, double FalsePositive, double FalseNegative)
{
    public static AnomalyWindowProfile Standard { get; } = new(1, 0.11, 1);

    public static AnomalyWindowProfile RewardLowFalsePositives { get; } = new(1, 0.22, 1);

    public static AnomalyWindowProfile RewardLowFalseNegatives { get; } = new(1, 0.11, 2);
}
