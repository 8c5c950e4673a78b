using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.CodeGen;

/// <summary>What a search sets of the FastTree trainers. It starts at few, small and fast trees.</summary>
public sealed class FastTreeOption : TrainerOption
{
    /// <summary>The most leaves of a tree.</summary>
    [Range(4, 256, init: 8, logBase: true)]
    public int NumberOfLeaves { get; set; } = 8;

    /// <summary>The fewest rows of a leaf.</summary>
    [Range(2, 128, init: 20, logBase: true)]
    public int MinimumExampleCountPerLeaf { get; set; } = 20;

    /// <summary>The number of trees.</summary>
    [Range(4, 2000, init: 15, logBase: true)]
    public int NumberOfTrees { get; set; } = 15;

    /// <summary>The most bins of a feature.</summary>
    [Range(31, 255, init: 255, logBase: true)]
    public int MaximumBinCountPerFeature { get; set; } = 255;

    /// <summary>The share of the features that a tree may use.</summary>
    [Range(0.2, 1.0, init: 1.0)]
    public double FeatureFraction { get; set; } = 1;

    /// <summary>The share of those features that a split may use.</summary>
    [Range(0.1, 1.0, init: 0.5)]
    public double FeatureFractionPerSplit { get; set; } = 0.5;

    /// <summary>How much of each tree is added.</summary>
    [Range(0.01, 1.0, init: 0.3, logBase: true)]
    public double LearningRate { get; set; } = 0.3;
}
