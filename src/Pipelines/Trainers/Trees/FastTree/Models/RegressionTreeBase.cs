using System.Collections.Immutable;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// A tree as it was learned. Nodes and leaves are counted from 0, each by themselves; node 0 is the root. Immutable.
/// </summary>
public abstract class RegressionTreeBase
{
    private readonly DecisionTree _tree;

    private protected RegressionTreeBase(DecisionTree tree, double scale)
    {
        _tree = tree;
        CategoricalSplitFlags = Enumerable.Range(0, tree.NodeCount).Select(tree.IsCategorical).ToImmutableArray();
        LeftChild = Children(tree.Left, tree.Right);
        RightChild = Children(tree.Right, tree.Left);
        NumericalSplitFeatureIndexes = tree.Features.ToImmutableArray();
        NumericalSplitThresholds = tree.Thresholds.ToImmutableArray();
        LeafValues = tree.LeafValues.Select(value => value * scale).ToImmutableArray();
        SplitGains = tree.Gains.Select(gain => (double)gain).ToImmutableArray();
    }

    // The categories of a set go to the left in a DecisionTree, and here, as in ML.NET, to the right.
    private ImmutableArray<int> Children(int[] ofNumbers, int[] ofCategories) =>
        Enumerable.Range(0, ofNumbers.Length).Select(node => CategoricalSplitFlags[node] ? ofCategories[node] : ofNumbers[node]).ToImmutableArray();

    /// <summary>
    /// Where a row goes whose feature is at most the threshold; at a node of categories, where none of
    /// <see cref="GetCategoricalSplitFeaturesAt"/> is other than 0. A child below 0 is the leaf <c>~child</c>.
    /// </summary>
    public IReadOnlyList<int> LeftChild { get; }

    /// <summary>Where the other rows go.</summary>
    public IReadOnlyList<int> RightChild { get; }

    /// <summary>The feature of each node that splits numbers.</summary>
    public IReadOnlyList<int> NumericalSplitFeatureIndexes { get; }

    /// <summary>The threshold of each node that splits numbers.</summary>
    public IReadOnlyList<float> NumericalSplitThresholds { get; }

    /// <summary>Which nodes split categories.</summary>
    public IReadOnlyList<bool> CategoricalSplitFlags { get; }

    /// <summary>What each leaf adds to the score.</summary>
    public IReadOnlyList<double> LeafValues { get; }

    /// <summary>How much each split gained on the training set.</summary>
    public IReadOnlyList<double> SplitGains { get; }

    public int NumberOfLeaves => _tree.LeafCount;

    /// <summary>The number of splits: one less than that of the leaves.</summary>
    public int NumberOfNodes => _tree.NodeCount;

    /// <summary>The slots of the categories that go to the right; none for a node that splits numbers.</summary>
    public IReadOnlyList<int> GetCategoricalSplitFeaturesAt(int nodeIndex)
    {
        CheckNode(nodeIndex);
        return [.. _tree.SlotsOf(nodeIndex)];
    }

    /// <summary>The first and the last of those slots; none for a node that splits numbers.</summary>
    public IReadOnlyList<int> GetCategoricalCategoricalSplitFeatureRangeAt(int nodeIndex) =>
        GetCategoricalSplitFeaturesAt(nodeIndex) is [var first, .., var last] ? [first, last] : GetCategoricalSplitFeaturesAt(nodeIndex) is [var only] ? [only, only] : [];

    private void CheckNode(int node)
    {
        if (node < 0 || node >= NumberOfNodes)
            throw new ArgumentOutOfRangeException(nameof(node), node, $"The tree has {NumberOfNodes} nodes, counted from 0.");
    }
}

/// <summary>A tree of a boosted model.</summary>
public sealed class RegressionTree : RegressionTreeBase
{
    internal RegressionTree(DecisionTree tree) : base(tree, scale: 1) { }
}

/// <summary>A tree of a forest, whose leaves know some of the labels that came to them.</summary>
public sealed class QuantileRegressionTree : RegressionTreeBase
{
    private readonly LeafSamples? _samples;
    private readonly int _tree;

    internal QuantileRegressionTree(DecisionTree tree, int index, double scale, LeafSamples? samples) : base(tree, scale) => (_tree, _samples) = (index, samples);

    /// <summary>Labels of training rows that came to a leaf, drawn at random; none where the forest was trained without.</summary>
    public IReadOnlyList<double> GetLeafSamplesAt(int leafIndex) => [.. At(leafIndex).Select(label => (double)label)];

    /// <summary>How much each of those labels counts.</summary>
    public IReadOnlyList<double> GetLeafSampleWeightsAt(int leafIndex) => [.. At(leafIndex).Select(_ => 1.0)];

    private float[] At(int leaf) => leaf >= 0 && leaf < NumberOfLeaves ? _samples?.Of(_tree, leaf).ToArray() ?? []
        : throw new ArgumentOutOfRangeException(nameof(leaf), leaf, $"The tree has {NumberOfLeaves} leaves, counted from 0.");
}
