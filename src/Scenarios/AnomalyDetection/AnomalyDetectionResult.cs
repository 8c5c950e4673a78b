using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>What came of looking at a metric.</summary>
/// <param name="Model">Watches the rows that follow: it adds the column <c>Anomaly</c> of alert, score and p-value, and goes on from the last row.</param>
/// <param name="Analysis">What was found in the rows.</param>
/// <param name="Alerts">The steps at which the model would have alerted, had it watched the metric as it came.</param>
public sealed record AnomalyDetectionResult(StreamingAnomalyDetector Model, AnomalyAnalysis Analysis, IReadOnlyList<int> Alerts);
