using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.CodeGen;

/// <summary>What a search sets of the linear support vector machine for many classes, which is for texts: features are not scaled.</summary>
public sealed class LinearSvmOption : TrainerOption
{
    /// <summary>How much an example inside its margin costs.</summary>
    [Range(0.05f, 8f, init: 1f, logBase: true)]
    public float Cost { get; set; } = 1;

    /// <summary>How far the weights are pulled towards those of naive Bayes; needs features that are not negative.</summary>
    [Choice(new object[] { 0f, 0.03f, 0.05f, 0.1f }, 0.05f)]
    public float PriorStrength { get; set; } = 0.05f;
}
