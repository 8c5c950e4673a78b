namespace MLPipelines.Data;

/// <summary>How well a model that gives probabilities tells two classes apart.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryTally tally) : base(tally)
    {
        LogLoss = tally.LogLossSum / tally.WeightSum;
        double positive = ConfusionMatrix.RowsOf(0) / tally.WeightSum;
        Entropy = -(positive * Math.Log2(positive)) - ((1 - positive) * Math.Log2(1 - positive));
        LogLossReduction = (Entropy - LogLoss) / Entropy;
    }

    /// <summary>
    /// The mean of -log2 of the probability given to the right class: in bits, as in ML.NET; times ln 2 for nats. Probabilities
    /// are kept at least 1e-15 away from 0. Lower is better.
    /// </summary>
    public double LogLoss { get; }

    /// <summary>How much better the log-loss is than that of always predicting the share of positive rows: 1 is perfect, 0 no better, negative worse.</summary>
    public double LogLossReduction { get; }

    /// <summary>The log-loss of always predicting the share of positive rows, in bits.</summary>
    public double Entropy { get; }
}
