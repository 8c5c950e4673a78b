using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.CodeGen;

/// <summary>What a search sets of the linear trainers by stochastic dual coordinate ascent.</summary>
public sealed class SdcaOption : TrainerOption
{
    /// <summary>The weight of ‖w‖₁ relative to that of ½‖w‖².</summary>
    [Range(1e-4f, 1f, init: 1e-4f, logBase: true)]
    public float L1Regularization { get; set; } = 1e-4f;

    /// <summary>The weight of ½‖w‖² against the mean of the losses.</summary>
    [Range(1e-7f, 0.1f, init: 1e-4f, logBase: true)]
    public float L2Regularization { get; set; } = 1e-4f;

    /// <summary>How features are scaled before learning.</summary>
    [Choice(new object[] { FeatureScaling.Deviation, FeatureScaling.None }, FeatureScaling.Deviation)]
    public FeatureScaling Scaling { get; set; } = FeatureScaling.Deviation;
}
