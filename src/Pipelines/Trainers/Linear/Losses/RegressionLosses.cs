namespace MLPipelines.Trainers;

/// <summary>The squared loss: (output − label)².</summary>
public sealed class SquaredLoss : ISupportSdcaRegressionLoss
{
    public double Loss(float output, float label) => default(SquaredDualLoss).Loss(output, label);

    public float Derivative(float output, float label) => 2 * (output - label);

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / (0.5f + scaledFeaturesNormSquared);

    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) => (label - output - 0.5f * dual) * invariant;

    public double DualLoss(float label, float dual) => default(SquaredDualLoss).DualLoss(label, dual);
}

/// <summary>The Poisson loss: exp(output) − label · output. The output is the logarithm of the predicted number.</summary>
public sealed class PoissonLoss : IRegressionLoss
{
    public double Loss(float output, float label) => Math.Exp(output) - (double)label * output;

    public float Derivative(float output, float label) => (float)(Math.Exp(output) - label);
}

/// <summary>
/// The Tweedie loss of index p, half the unit deviance: output^(2−p) / (2−p) − label · output^(1−p) / (1−p), less its value where
/// the output is the label. p = 1 is the Poisson and p = 2 the gamma loss. Outputs and labels below 10⁻⁷ are raised to it.
/// </summary>
/// <remarks>
/// <see cref="Derivative"/> is by the logarithm of the output, as for a model of the logarithm; at p = 1 this is output − label.
/// Jørgensen, "The Theory of Dispersion Models" (1997).
/// </remarks>
public sealed class TweedieLoss : IRegressionLoss
{
    private const double Smallest = 1e-7;

    private readonly double _index;

    /// <param name="index">p, between 1 and 2.</param>
    public TweedieLoss(double index = 1.5)
    {
        if (!(index >= 1 && index <= 2)) throw new ArgumentOutOfRangeException(nameof(index), index, "The index is a number between 1 and 2.");
        _index = index;
    }

    public double Loss(float output, float label)
    {
        double mean = Math.Max(output, Smallest), y = Math.Max(label, Smallest);
        return Value(mean, y) - Value(y, y);
    }

    public float Derivative(float output, float label)
    {
        double mean = Math.Max(output, Smallest), y = Math.Max(label, Smallest);
        return (float)(Math.Pow(mean, 2 - _index) - y * Math.Pow(mean, 1 - _index));
    }

    private double Value(double mean, double y)
    {
        if (_index == 1) return mean - y * Math.Log(mean);
        if (_index == 2) return Math.Log(mean) + y / mean;
        return Math.Pow(mean, 2 - _index) / (2 - _index) - y * Math.Pow(mean, 1 - _index) / (1 - _index);
    }
}
