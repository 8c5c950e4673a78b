using System.Buffers;
using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>The sum of trees: tree t adds to output t % <see cref="OutputCount"/>, which starts at its bias. Immutable.</summary>
internal sealed class TreeEnsemble
{
    private readonly DecisionTree[] _trees;
    private readonly FlatTrees[] _sums;

    public TreeEnsemble(int featureCount, int outputCount, DecisionTree[] trees, double[] bias)
    {
        if (bias.Length != outputCount || trees.Length % outputCount != 0) throw new ArgumentException($"{trees.Length} trees and {bias.Length} biases for {outputCount} outputs.", nameof(trees));
        foreach (DecisionTree tree in trees)
            if (tree.Features.AsSpan().IndexOfAnyExceptInRange(0, featureCount - 1) >= 0) throw new ArgumentException($"A tree asks about a feature that is not among the {featureCount}.", nameof(trees));
        (FeatureCount, OutputCount, _trees, Bias) = (featureCount, outputCount, trees, bias);
        _sums = [.. Enumerable.Range(0, outputCount).Select(k => new FlatTrees([.. trees.Where((_, t) => t % outputCount == k)]))];
    }

    public int FeatureCount { get; }

    public int OutputCount { get; }

    public IReadOnlyList<DecisionTree> Trees => _trees;

    /// <summary>Whether it is known how many training rows came to each leaf; not of trees that were learned elsewhere.</summary>
    public bool KnowsCovers => _trees.Length == 0 || Array.Exists(_trees, tree => Array.Exists(tree.LeafCovers, cover => cover > 0));

    /// <summary>What each output starts from.</summary>
    public double[] Bias { get; }

    /// <summary>Computes the outputs of a dense row; allocates nothing.</summary>
    public void Score(ReadOnlySpan<float> features, Span<float> scores)
    {
        if (features.Length != FeatureCount) throw new ArgumentException($"A vector of {FeatureCount} features expected, {features.Length} found.", nameof(features));
        for (int k = 0; k < OutputCount; k++) scores[k] = (float)(Bias[k] + _sums[k].Sum(features));
    }

    /// <summary>Computes the outputs of a row.</summary>
    public void Score(RowVector<float> features, Span<float> scores)
    {
        if (features.IsDense)
        {
            Score(features.Values, scores);
            return;
        }
        if (features.Length != FeatureCount) throw new ArgumentException($"A vector of {FeatureCount} features expected, {features.Length} found.", nameof(features));
        float[] dense = ArrayPool<float>.Shared.Rent(FeatureCount);
        features.CopyTo(dense);
        Score(dense.AsSpan(0, FeatureCount), scores);
        ArrayPool<float>.Shared.Return(dense);
    }

    /// <summary>The gain of all splits of each feature.</summary>
    public double[] FeatureGains()
    {
        double[] gains = new double[FeatureCount];
        foreach (DecisionTree tree in _trees)
            for (int node = 0; node < tree.NodeCount; node++) gains[tree.Features[node]] += tree.Gains[node];
        return gains;
    }

    /// <summary>How many splits ask about each feature.</summary>
    public double[] FeatureSplits()
    {
        double[] splits = new double[FeatureCount];
        foreach (DecisionTree tree in _trees)
            foreach (int feature in tree.Features) splits[feature]++;
        return splits;
    }

    /// <summary>Which features a split asks about.</summary>
    public bool[] UsedFeatures()
    {
        bool[] used = new bool[FeatureCount];
        foreach (DecisionTree tree in _trees)
        {
            for (int node = 0; node < tree.NodeCount; node++)
            {
                used[tree.Features[node]] |= !tree.IsSlotSet(node);
                foreach (int slot in tree.SlotsOf(node)) used[slot] = true;
            }
        }
        return used;
    }

    public void Save(ModelStepWriter writer) => TreeEnsembleFormat.Save(this, writer);

    public static TreeEnsemble Load(ModelStepReader reader) => TreeEnsembleFormat.Load(reader);
}
