namespace MLPipelines.Data;

/// <summary>What a model of two classes does when rows with at least some score are taken to be positive.</summary>
public sealed class BinaryPrecisionRecallDataPoint
{
    internal BinaryPrecisionRecallDataPoint(double threshold, double precision, double recall, double falsePositiveRate) =>
        (Threshold, Precision, Recall, FalsePositiveRate) = (threshold, precision, recall, falsePositiveRate);

    /// <summary>The score; infinite at the first point, where no row is taken to be positive.</summary>
    public double Threshold { get; }

    /// <summary>The share of the rows taken to be positive that are; 1 where there are none.</summary>
    public double Precision { get; }

    /// <summary>The share of the positive rows that are taken to be.</summary>
    public double Recall { get; }

    /// <summary>The same as <see cref="Recall"/>, as ROC curves call it.</summary>
    public double TruePositiveRate => Recall;

    /// <summary>The share of the negative rows that are taken to be positive.</summary>
    public double FalsePositiveRate { get; }
}
