namespace MLPipelines.Data;

/// <summary>How close predicted numbers are to the true ones.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(RegressionTally tally)
    {
        (RowCount, UnlabeledRowCount) = (tally.RowCount, tally.UnlabeledRowCount);
        MeanAbsoluteError = tally.AbsoluteErrorSum / tally.WeightSum;
        MeanSquaredError = tally.SquaredErrorSum / tally.WeightSum;
        LossFunction = tally.LossSum / tally.WeightSum;
        RSquared = tally.LabelVariation > 0 ? 1 - (tally.SquaredErrorSum / tally.LabelVariation) : double.NaN;
    }

    /// <summary>The mean distance between prediction and label, in the label's unit.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The mean of the squared distances.</summary>
    public double MeanSquaredError { get; }

    /// <summary>The square root of <see cref="MeanSquaredError"/>, in the label's unit.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The mean of the loss function: the squared error, unless another was asked for.</summary>
    public double LossFunction { get; }

    /// <summary>
    /// The share of the labels' variation that the predictions explain: 1 is perfect, 0 as good as the labels' mean, negative
    /// worse. NaN when the labels do not vary, since there is nothing to explain.
    /// </summary>
    public double RSquared { get; }

    /// <summary>The number of rows that the metrics are made of.</summary>
    public int RowCount { get; }

    /// <summary>The number of rows left out because their label is missing.</summary>
    public int UnlabeledRowCount { get; }
}
