using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// Sums trees, sixteen at a time: from masks of leaves where the processor and the trees allow it (<see cref="LeafMasks"/>), else by walking down. For walks the nodes of all trees lie side by side,
/// sixteen bytes each: a step down reads one place in memory. Either way the same numbers are added in the same order.
/// </summary>
internal sealed class FlatTrees
{
    /// <summary>How many trees are summed at a time.</summary>
    internal const int GroupSize = 16;

    // Making masks takes as long as they save with some dozens of rows; many an ensemble is loaded or learned for fewer.
    private const int UsualRowsBeforeMasks = 64;

    private readonly DecisionTree[] _trees;
    private readonly Node[] _nodes;
    private readonly float[] _leaves;
    private readonly int[] _roots;
    private readonly bool[] _hasCategories;
    private readonly int _rowsBeforeMasks;
    private LeafMasks? _masks;
    private int _rows;

    /// <param name="trees">The trees.</param>
    /// <param name="rowsBeforeMasks">With how many rows trees are walked before masks are made.</param>
    internal FlatTrees(DecisionTree[] trees, int rowsBeforeMasks = UsualRowsBeforeMasks)
    {
        (_trees, _rowsBeforeMasks) = (trees, rowsBeforeMasks);
        _nodes = new Node[trees.Sum(tree => tree.NodeCount)];
        _leaves = [.. trees.SelectMany(tree => tree.LeafValues)];
        (_roots, _hasCategories) = (new int[trees.Length], new bool[trees.Length]);
        int node = 0, leaf = 0;
        for (int t = 0; t < trees.Length; t++)
        {
            DecisionTree tree = trees[t];
            int Child(int child) => child >= 0 ? child + node : child - leaf;
            _roots[t] = Child(tree.NodeCount > 0 ? 0 : ~0);
            _hasCategories[t] = tree.CategorySets.Length > 0;
            for (int i = 0; i < tree.NodeCount; i++)
            {
                // What is missing fails every comparison: where it goes left, the question is asked the other way round.
                int feature = tree.MissingLeft[i] ? ~tree.Features[i] : tree.Features[i];
                _nodes[node + i] = new Node(feature, tree.Thresholds[i], Child(tree.Left[i]), Child(tree.Right[i]));
            }
            node += tree.NodeCount;
            leaf += tree.LeafCount;
        }
    }

    /// <summary>The sum of what the leaves say that a row comes to.</summary>
    [SkipLocalsInit]
    internal double Sum(ReadOnlySpan<float> row)
    {
        LeafMasks? masks = MasksOrNull();
        Span<float> found = stackalloc float[GroupSize];
        Vector512<double> sums = Vector512<double>.Zero;
        for (int first = 0; first < _roots.Length; first += GroupSize)
        {
            if (masks is null || !masks.TryFind(first / GroupSize, row, found)) Walk(first, row, found);
            Vector512<float> values = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(found));
            sums += Vector512.WidenLower(values) + Vector512.WidenUpper(values);
        }
        return Vector512.Sum(sums);
    }

    private LeafMasks? MasksOrNull()
    {
        if (_masks is not null || !LeafMasks.IsSupported) return _masks;
        // Threads that count or make them at the same time do no harm: all masks of the same trees are the same.
        return _rows++ < _rowsBeforeMasks ? null : _masks = new LeafMasks(_trees);
    }

    /// <summary>Walks down the trees of a group.</summary>
    private void Walk(int first, ReadOnlySpan<float> row, Span<float> found)
    {
        ref Node nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        ref float values = ref MemoryMarshal.GetReference(row);
        found.Clear();
        for (int t = first; t < Math.Min(first + GroupSize, _roots.Length); t++)
        {
            if (_hasCategories[t])
            {
                found[t - first] = _trees[t].Score(row);
                continue;
            }
            int at = _roots[t];
            while (at >= 0)
            {
                // Features and children of an ensemble lie within it: that was checked where it was made or loaded.
                Node node = Unsafe.Add(ref nodes, at);
                int turn = node.Feature >> 31;
                float value = Unsafe.Add(ref values, node.Feature ^ turn);
                bool right = turn == 0 ? !(value <= node.Threshold) : value > node.Threshold;
                at = right ? node.Right : node.Left;
            }
            found[t - first] = _leaves[~at];
        }
    }

    private readonly record struct Node(int Feature, float Threshold, int Left, int Right);
}
