using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>
/// Finds changes in values that do not depend on each other: p-values under a kernel density estimate of the last values bet against a
/// martingale, which grows when they are small too often. The output is a vector of alert (0 or 1), value, p-value, and martingale
/// score. A change is one alert. A row takes as many steps as the history is long.
/// </summary>
public sealed class IidChangePointEstimator : SequentialAnomalyEstimator<IidChangePointDetector>
{
    internal IidChangePointEstimator(string outputColumnName, string? inputColumnName, double confidence, int changeHistoryLength, MartingaleType martingale, double eps)
        : base(IidChangePointDetector.StepName, outputColumnName, inputColumnName, AnomalyRule.Changes(confidence, changeHistoryLength, martingale, eps)) { }

    private protected override IidChangePointDetector Create(AnomalyDetection detection) => new(detection);
}
