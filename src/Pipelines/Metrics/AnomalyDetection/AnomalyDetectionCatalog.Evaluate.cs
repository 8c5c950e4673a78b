using MLPipelines.Data;

namespace MLPipelines;

public sealed partial class AnomalyDetectionCatalog
{
    /// <summary>Metrics of a model that finds anomalies, from data that it has transformed.</summary>
    /// <param name="data">Transformed rows with a label.</param>
    /// <param name="labelColumnName">Boolean, true for an anomaly; or a number, an anomaly above 0; or a key of two categories, of which the second is one. Rows with a missing label are left out.</param>
    /// <param name="scoreColumnName">How unlike the others a row is: higher for an anomaly.</param>
    /// <param name="predictedLabelColumnName">Boolean; what the confusion matrix is made of.</param>
    /// <param name="falsePositiveCount">How many normal rows <see cref="AnomalyDetectionMetrics.DetectionRateAtFalsePositiveCount"/> lets pass for anomalies, 0 or more.</param>
    /// <exception cref="MLPipelinesException">There are no rows, or only anomalies, or none, or a score is not a finite number.</exception>
    public AnomalyDetectionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", int falsePositiveCount = 10)
    {
        ArgumentException.ThrowIfNullOrEmpty(predictedLabelColumnName);
        ArgumentOutOfRangeException.ThrowIfNegative(falsePositiveCount);
        return new(BinaryTally.Of(data, new(labelColumnName, scoreColumnName, null, predictedLabelColumnName, null)), falsePositiveCount);
    }
}
