using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Finds spikes in values that do not depend on each other: those whose p-value under a kernel density estimate of the last values is at most
/// 1 − confidence / 100. The output is a vector of alert (0 or 1), value, and p-value. A row takes as many steps as the history is long.
/// </summary>
public sealed class IidSpikeEstimator : SequentialAnomalyEstimator<IidSpikeDetector>
{
    internal IidSpikeEstimator(string outputColumnName, string? inputColumnName, double confidence, int pvalueHistoryLength, AnomalySide side)
        : base(IidSpikeDetector.StepName, outputColumnName, inputColumnName, AnomalyRule.Spikes(confidence, pvalueHistoryLength, side)) { }

    private protected override IidSpikeDetector Create(AnomalyDetection detection) => new(detection);
}
