namespace MLPipelines.Data;

/// <summary>How close predicted numbers are to the true ones.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(int rowCount, int unlabeledRowCount, double absoluteError, double squaredError, double labelVariation)
    {
        (RowCount, UnlabeledRowCount) = (rowCount, unlabeledRowCount);
        MeanAbsoluteError = absoluteError / rowCount;
        MeanSquaredError = squaredError / rowCount;
        RSquared = labelVariation > 0 ? 1 - (squaredError / labelVariation) : double.NaN;
    }

    /// <summary>The mean distance between prediction and label, in the label's unit.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The mean of the squared distances.</summary>
    public double MeanSquaredError { get; }

    /// <summary>The square root of <see cref="MeanSquaredError"/>, in the label's unit.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The mean of the loss function, which is the squared error.</summary>
    public double LossFunction => MeanSquaredError;

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
