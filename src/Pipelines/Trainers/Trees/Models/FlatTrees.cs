using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLPipelines.Trainers.Trees;

/// <summary>The nodes of all trees side by side, sixteen bytes each, for scoring: a step down reads one place in memory, and has no branch to guess.</summary>
internal sealed class FlatTrees
{
    private readonly DecisionTree[] _trees;
    private readonly Node[] _nodes;
    private readonly float[] _leaves;
    private readonly int[] _roots;
    private readonly bool[] _hasCategories;

    internal FlatTrees(DecisionTree[] trees)
    {
        _trees = trees;
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

    /// <summary>The sum of every so manieth tree from one on.</summary>
    internal double Sum(int first, int step, ReadOnlySpan<float> row)
    {
        ref Node nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        ref float values = ref MemoryMarshal.GetReference(row);
        double sum = 0;
        for (int t = first; t < _roots.Length; t += step)
        {
            if (_hasCategories[t])
            {
                sum += _trees[t].Score(row);
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
            sum += _leaves[~at];
        }
        return sum;
    }

    private readonly record struct Node(int Feature, float Threshold, int Left, int Right);
}
