using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Finds spikes in a series with trend and seasons: as <see cref="IidSpikeEstimator"/>, of the differences from what singular spectrum
/// analysis of the first rows expects. The output is a vector of alert (0 or 1), difference, and p-value.
/// </summary>
public sealed class SsaSpikeEstimator : SsaAnomalyEstimator<SsaSpikeDetector>
{
    internal SsaSpikeEstimator(
        TrainingEnvironment environment, string outputColumnName, string? inputColumnName, double confidence, int pvalueHistoryLength, int trainingWindowSize,
        int seasonalityWindowSize, AnomalySide side, ErrorFunction errorFunction)
        : base(environment, SsaSpikeDetector.StepName, outputColumnName, inputColumnName, AnomalyRule.Spikes(confidence, pvalueHistoryLength, side),
            trainingWindowSize, seasonalityWindowSize, errorFunction) { }

    private protected override SsaSpikeDetector Create(AnomalyDetection detection) => new(detection);
}
