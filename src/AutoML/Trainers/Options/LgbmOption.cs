using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.CodeGen;

/// <summary>What a search sets of the LightGBM trainers. It starts at few, small and fast trees.</summary>
public sealed class LgbmOption : TrainerOption
{
    /// <summary>The most leaves of a tree.</summary>
    [Range(4, 1024, init: 15, logBase: true)]
    public int NumberOfLeaves { get; set; } = 15;

    /// <summary>The fewest rows of a leaf.</summary>
    [Range(2, 256, init: 20, logBase: true)]
    public int MinimumExampleCountPerLeaf { get; set; } = 20;

    /// <summary>How much of each tree is added.</summary>
    [Range(0.01, 1.0, init: 0.3, logBase: true)]
    public double LearningRate { get; set; } = 0.3;

    /// <summary>The number of trees, per class where there are more than two.</summary>
    [Range(4, 3000, init: 15, logBase: true)]
    public int NumberOfTrees { get; set; } = 15;

    /// <summary>The share of the rows that a tree learns from.</summary>
    [Range(0.4, 1.0, init: 1.0)]
    public double SubsampleFraction { get; set; } = 1;

    /// <summary>The most bins of a feature.</summary>
    [Range(31, 255, init: 255, logBase: true)]
    public int MaximumBinCountPerFeature { get; set; } = 255;

    /// <summary>The share of the features that a tree may use.</summary>
    [Range(0.2, 1.0, init: 1.0)]
    public double FeatureFraction { get; set; } = 1;

    /// <summary>Draws leaves to 0 by their magnitudes.</summary>
    [Range(1e-5, 10.0, init: 1e-5, logBase: true)]
    public double L1Regularization { get; set; } = 1e-5;

    /// <summary>Draws leaves to 0 by their squares.</summary>
    [Range(1e-3, 100.0, init: 1.0, logBase: true)]
    public double L2Regularization { get; set; } = 1;

    /// <summary>Whether the features that one-hot encoding makes of one column are split as its categories.</summary>
    [BooleanChoice(false)]
    public bool UseCategoricalSplit { get; set; }
}
