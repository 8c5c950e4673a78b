using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>Which columns a tree, and a split of it, may use. It depends on the seed, the tree and the node alone.</summary>
internal sealed class FeatureSample(int columns, BoostingOptions options)
{
    private readonly bool[] _ofTree = new bool[columns];
    private readonly bool[] _ofSplit = new bool[columns];
    private readonly Random? _chances = options is { FeatureChanceSeed: { } seed, FeatureFraction: < 1 } ? new Random(seed) : null;
    private readonly List<int[]> _drawn = [];
    private readonly bool _drawsSplits = options.FeatureFractionPerSplit < 1 && !options.HasSplitChances;
    private int[] _chosen = [];
    private int _tree;

    internal bool IsOfTree(int column) => _ofTree[column];

    internal bool IsOfSplit(int column) => _ofSplit[column];

    internal void StartTree(int tree)
    {
        _tree = tree;
        _chosen = _chances is null ? RowSample.Choose(columns, Part(columns, options.FeatureFraction), new SplitMixRandom(options.Seed, tree, -1)) : Drawn(tree);
        Mark(_ofTree, _chosen);
        if (!_drawsSplits) Mark(_ofSplit, _chosen);
    }

    /// <summary>What chance takes for a tree: the numbers come in the order of trees and columns, whichever tree is grown first.</summary>
    private int[] Drawn(int tree)
    {
        while (_drawn.Count <= tree) _drawn.Add([.. Enumerable.Range(0, columns).Where(_ => _chances!.NextDouble() <= options.FeatureFraction)]);
        return _drawn[tree];
    }

    internal void StartSplit(int leaf)
    {
        if (!_drawsSplits) return;
        int[] places = RowSample.Choose(_chosen.Length, Part(_chosen.Length, options.FeatureFractionPerSplit), new SplitMixRandom(options.Seed, _tree, leaf));
        Mark(_ofSplit, Array.ConvertAll(places, place => _chosen[place]));
    }

    private static int Part(int count, double fraction) => Math.Clamp((int)Math.Ceiling(count * fraction - 1e-9), Math.Min(1, count), count);

    private static void Mark(bool[] marks, int[] chosen)
    {
        Array.Clear(marks);
        foreach (int column in chosen) marks[column] = true;
    }
}
