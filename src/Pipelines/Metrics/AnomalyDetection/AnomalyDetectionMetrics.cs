namespace MLPipelines.Data;

/// <summary>How well a model tells anomalies, which score high, from normal rows.</summary>
public sealed class AnomalyDetectionMetrics
{
    internal AnomalyDetectionMetrics(BinaryTally tally, int falsePositiveCount)
    {
        ScoreRanking ranking = tally.Ranking();
        (AreaUnderRocCurve, DetectionRateAtFalsePositiveCount) = (ranking.AreaUnderRocCurve(), ranking.RecallAt(falsePositiveCount));
        ConfusionMatrix = tally.Matrix();
        (RowCount, UnlabeledRowCount) = (tally.RowCount, tally.UnlabeledRowCount);
    }

    /// <summary>The chance that an anomaly scores higher than a normal row; equal scores count half. 0.5 is guessing, 1 perfect.</summary>
    public double AreaUnderRocCurve { get; }

    /// <summary>
    /// The share of the anomalies found by the lowest threshold that takes at most the given number of normal rows to be anomalies; 0
    /// to 1. Rows of equal score are found together or not at all, so that the order of rows does not matter.
    /// </summary>
    public double DetectionRateAtFalsePositiveCount { get; }

    /// <summary>How often anomalies (positive, which come first) and normal rows were predicted as each. ML.NET's metrics do not have it.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>The number of rows that the metrics are made of.</summary>
    public int RowCount { get; }

    /// <summary>The number of rows left out because their label is missing.</summary>
    public int UnlabeledRowCount { get; }
}
