namespace MLPipelines.Data;

/// <summary>How well a model tells two classes apart.</summary>
public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryTally tally)
    {
        ConfusionMatrix = tally.Matrix();
        (RowCount, UnlabeledRowCount) = (tally.RowCount, tally.UnlabeledRowCount);
        Accuracy = (ConfusionMatrix.CountOf(0, 0) + ConfusionMatrix.CountOf(1, 1)) / tally.WeightSum;
        (AreaUnderRocCurve, AreaUnderPrecisionRecallCurve) = (tally.Ranking().AreaUnderRocCurve(), tally.Ranking().AreaUnderPrecisionRecallCurve());
    }

    /// <summary>The share of rows whose predicted label is right; 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>
    /// The chance that a positive row scores higher than a negative one; equal scores count half. 0.5 is guessing, 1 perfect.
    /// </summary>
    public double AreaUnderRocCurve { get; }

    /// <summary>
    /// The area under precision over recall, by the lower trapezoid rule (Boyd, Eng and Page, "Area under the precision-recall
    /// curve", ECML PKDD 2013). Rows of equal score enter together, so that the order of rows does not matter.
    /// </summary>
    public double AreaUnderPrecisionRecallCurve { get; }

    /// <summary>The share of rows predicted positive that are positive; 0 when none is.</summary>
    public double PositivePrecision => ConfusionMatrix.PerClassPrecision[0];

    /// <summary>The share of positive rows that were predicted positive.</summary>
    public double PositiveRecall => ConfusionMatrix.PerClassRecall[0];

    /// <summary>The share of rows predicted negative that are negative; 0 when none is.</summary>
    public double NegativePrecision => ConfusionMatrix.PerClassPrecision[1];

    /// <summary>The share of negative rows that were predicted negative.</summary>
    public double NegativeRecall => ConfusionMatrix.PerClassRecall[1];

    /// <summary>The harmonic mean of positive precision and recall.</summary>
    public double F1Score => ConfusionMatrix.PerClassF1[0];

    /// <summary>How often each class was predicted as each; the positive class comes first.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>The number of rows that the metrics are made of.</summary>
    public int RowCount { get; }

    /// <summary>The number of rows left out because their label is missing.</summary>
    public int UnlabeledRowCount { get; }
}
