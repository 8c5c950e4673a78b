namespace MLPipelines.Trainers;

/// <summary>A loss for predictions of one of two classes. Labels above 0 are the positive class, all others the negative one.</summary>
public interface IClassificationLoss : IScalarLoss;

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

/// <summary>A loss for predictions of one of two classes by stochastic dual coordinate ascent.</summary>
public interface ISupportSdcaClassificationLoss : ISupportSdcaLoss, IClassificationLoss;
