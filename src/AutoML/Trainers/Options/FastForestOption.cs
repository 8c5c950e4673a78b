using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.CodeGen;

/// <summary>What a search sets of the FastForest trainers. It starts at few and small trees.</summary>
public sealed class FastForestOption : TrainerOption
{
    /// <summary>The number of trees.</summary>
    [Range(10, 1000, init: 10, logBase: true)]
    public int NumberOfTrees { get; set; } = 10;

    /// <summary>The most leaves of a tree.</summary>
    [Range(16, 4096, init: 64, logBase: true)]
    public int NumberOfLeaves { get; set; } = 64;

    /// <summary>The share of the features that a tree may use.</summary>
    [Range(0.2f, 1f, init: 1f)]
    public float FeatureFraction { get; set; } = 1;

    /// <summary>The share of those features that a split may use.</summary>
    [Range(0.05f, 1f, init: 0.5f, logBase: true)]
    public float FeatureFractionPerSplit { get; set; } = 0.5f;

    /// <summary>The fewest rows of a leaf.</summary>
    [Range(1, 64, init: 5, logBase: true)]
    public int MinimumExampleCountPerLeaf { get; set; } = 5;
}
