using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Finds changes in a series with trend and seasons: as <see cref="IidChangePointEstimator"/>, of the differences from what singular
/// spectrum analysis of the first rows expects. The output is a vector of alert (0 or 1), difference, p-value, and martingale score.
/// </summary>
public sealed class SsaChangePointEstimator : SsaAnomalyEstimator<SsaChangePointDetector>
{
    internal SsaChangePointEstimator(
        TrainingEnvironment environment, string outputColumnName, string? inputColumnName, double confidence, int changeHistoryLength, int trainingWindowSize,
        int seasonalityWindowSize, ErrorFunction errorFunction, MartingaleType martingale, double eps)
        : base(environment, SsaChangePointDetector.StepName, outputColumnName, inputColumnName, AnomalyRule.Changes(confidence, changeHistoryLength, martingale, eps),
            trainingWindowSize, seasonalityWindowSize, errorFunction) { }

    private protected override SsaChangePointDetector Create(AnomalyDetection detection) => new(detection);
}
