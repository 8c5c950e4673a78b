namespace MLPipelines.Trainers;

/// <summary>A loss that stochastic dual coordinate ascent can minimize.</summary>
public interface ISupportSdcaLoss : IScalarLoss
{
    /// <summary>What <see cref="DualUpdate"/> needs and does not depend on the dual variable.</summary>
    /// <param name="scaledFeaturesNormSquared">Weight · (‖x‖² + 1) / (λ n).</param>
    float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared);

    /// <summary>The change of the dual variable that increases the dual objective.</summary>
    /// <param name="output">The score.</param>
    /// <param name="label">The label.</param>
    /// <param name="dual">The dual variable.</param>
    /// <param name="invariant">What <see cref="ComputeDualUpdateInvariant"/> gave for this example.</param>
    /// <param name="maxNumThreads">How many changes are made at a time; always 1.</param>
    float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads);

    /// <summary>What an example adds to the dual objective.</summary>
    double DualLoss(float label, float dual);
}

/// <summary>A loss for predictions of numbers by stochastic dual coordinate ascent.</summary>
public interface ISupportSdcaRegressionLoss : ISupportSdcaLoss, IRegressionLoss;

/// <summary>The squared loss: (output − label)².</summary>
public sealed class SquaredLoss : ISupportSdcaRegressionLoss
{
    public double Loss(float output, float label) => default(SquaredDualLoss).Loss(output, label);

    public float Derivative(float output, float label) => 2 * (output - label);

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / (0.5f + scaledFeaturesNormSquared);

    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) => (label - output - 0.5f * dual) * invariant;

    public double DualLoss(float label, float dual) => default(SquaredDualLoss).DualLoss(label, dual);
}

/// <summary>A loss that a caller wrote.</summary>
internal readonly struct CustomDualLoss(ISupportSdcaLoss loss) : IDualLoss
{
    public double Loss(float score, float label) => loss.Loss(score, label);

    public double DualLoss(float label, float dual) => loss.DualLoss(label, dual);

    public float Step(float score, float label, float dual, float curvature) =>
        loss.DualUpdate(score, label, dual, loss.ComputeDualUpdateInvariant(curvature), maxNumThreads: 1);
}
