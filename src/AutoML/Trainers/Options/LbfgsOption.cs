using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.CodeGen;

/// <summary>What a search sets of the linear trainers that minimize by L-BFGS.</summary>
public sealed class LbfgsOption : TrainerOption
{
    /// <summary>The weight of ‖w‖₁ against the sum of the losses.</summary>
    [Range(1e-4f, 32f, init: 1e-4f, logBase: true)]
    public float L1Regularization { get; set; } = 1e-4f;

    /// <summary>The weight of ½‖w‖² against the sum of the losses.</summary>
    [Range(1e-3f, 1000f, init: 1f, logBase: true)]
    public float L2Regularization { get; set; } = 1;

    /// <summary>How features are scaled before learning.</summary>
    [Choice(new object[] { FeatureScaling.Deviation, FeatureScaling.None }, FeatureScaling.Deviation)]
    public FeatureScaling Scaling { get; set; } = FeatureScaling.Deviation;
}
