namespace MLPipelines.Data;

/// <summary>How well a model tells several classes apart. Lists follow <see cref="ConfusionMatrix.ClassNames"/>.</summary>
/// <remarks>
/// A label that the model was not trained on counts as a wrong prediction; its class comes after the model's own. Scores that
/// are not probabilities (below 0 or above 1) have no log-loss: those metrics are NaN then.
/// </remarks>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassTally tally, int topKPredictionCount)
    {
        ConfusionMatrix = tally.Matrix();
        (RowCount, UnlabeledRowCount, TopKPredictionCount) = (tally.RowCount, tally.UnlabeledRowCount, topKPredictionCount);
        int[] classes = [.. Enumerable.Range(0, ConfusionMatrix.NumberOfClasses)];
        int[] occurring = [.. classes.Where(i => ConfusionMatrix.RowsOf(i) > 0)];
        MicroAccuracy = classes.Sum(i => ConfusionMatrix.CountOf(i, i)) / tally.WeightSum;
        MacroAccuracy = occurring.Average(i => ConfusionMatrix.PerClassRecall[i]);
        MacroF1 = classes.Where(i => ConfusionMatrix.RowsOf(i) + ConfusionMatrix.RowsPredictedAs(i) > 0).Average(i => ConfusionMatrix.PerClassF1[i]);

        LogLoss = tally.ClassLogLoss.Sum() / tally.WeightSum;
        double entropy = -occurring.Select(i => ConfusionMatrix.RowsOf(i) / tally.WeightSum).Sum(share => share * Math.Log(share));
        LogLossReduction = entropy > 0 ? (entropy - LogLoss) / entropy : double.NaN;
        PerClassLogLoss = [.. classes.Select(i => ConfusionMatrix.Ratio(tally.ClassLogLoss[i], ConfusionMatrix.RowsOf(i)))];
        if (!tally.AreProbabilities)
        {
            LogLoss = LogLossReduction = double.NaN;
            PerClassLogLoss = [.. classes.Select(_ => double.NaN)];
        }

        double[] top = new double[topKPredictionCount];
        double right = 0;
        for (int k = 0; k < top.Length; k++)
        {
            if (k < tally.RowsOfRank.Length) right += tally.RowsOfRank[k];
            top[k] = right / tally.WeightSum;
        }
        TopKAccuracyForAllK = top;
    }

    /// <summary>The share of rows whose highest score is that of their label; 0 to 1.</summary>
    public double MicroAccuracy { get; }

    /// <summary>The mean, over the classes that occur, of the share of their rows that were predicted right.</summary>
    public double MacroAccuracy { get; }

    /// <summary>The mean of <see cref="PerClassF1"/> over the classes that occur or were predicted.</summary>
    public double MacroF1 { get; }

    /// <summary>The mean of -ln of the probability given to the right class, which is kept at least 1e-15 away from 0. Lower is better.</summary>
    public double LogLoss { get; }

    /// <summary>
    /// How much better the log-loss is than that of always predicting the shares of the classes: 1 is perfect, 0 no better,
    /// negative worse. NaN when all rows have one label.
    /// </summary>
    public double LogLossReduction { get; }

    /// <summary>The log-loss over the rows of each class; 0 for a class without rows.</summary>
    public IReadOnlyList<double> PerClassLogLoss { get; }

    /// <summary>The share of rows whose label is among the <see cref="TopKPredictionCount"/> highest scores; 0 when that is 0.</summary>
    public double TopKAccuracy => TopKAccuracyForAllK.Count > 0 ? TopKAccuracyForAllK[^1] : 0;

    /// <summary>How many of the highest scores were looked at.</summary>
    public int TopKPredictionCount { get; }

    /// <summary>The shares of rows whose label is the highest score, among the two highest, and so on. Of equal scores, the first class counts as higher.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    /// <summary>How often each class was predicted as each.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>The share of the rows predicted as each class that are of that class.</summary>
    public IReadOnlyList<double> PerClassPrecision => ConfusionMatrix.PerClassPrecision;

    /// <summary>The share of the rows of each class that were predicted as that class.</summary>
    public IReadOnlyList<double> PerClassRecall => ConfusionMatrix.PerClassRecall;

    /// <summary>The harmonic mean of precision and recall of each class.</summary>
    public IReadOnlyList<double> PerClassF1 => ConfusionMatrix.PerClassF1;

    /// <summary>The number of rows that the metrics are made of.</summary>
    public int RowCount { get; }

    /// <summary>The number of rows left out because their label is missing. A key made by a trained mapping is missing where the value was new to it.</summary>
    public int UnlabeledRowCount { get; }
}
