using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers;

/// <summary>
/// Makes one tree: rows are parted at a number drawn between the smallest and the largest value of a feature drawn among those that differ,
/// until a row is alone, all are the same, or the path is as long as the mean one of a search. The leaf's value is the length of its path, and for
/// each row more than one what parting them would have added on average.
/// </summary>
internal sealed class IsolationTree
{
    private readonly FeatureMatrix _features;
    private readonly int[] _rows;
    private readonly int _maximumDepth;
    private readonly int[] _candidates;
    private readonly float[] _values;
    private readonly List<Node> _nodes = [];
    private readonly List<(float Value, int Rows)> _leaves = [];
    private SplitMixRandom _random;

    private IsolationTree(FeatureMatrix features, int[] rows, SplitMixRandom random)
    {
        (_features, _rows, _random) = (features, rows, random);
        _maximumDepth = (int)Math.Ceiling(Math.Log2(Math.Max(rows.Length, 2)));
        _candidates = features.IsDense ? [.. Enumerable.Range(0, features.ColumnCount)] : [];
        _values = new float[rows.Length];
    }

    private sealed class Node(int feature, float threshold, int rows)
    {
        internal int Feature => feature;

        internal float Threshold => threshold;

        internal int Rows => rows;

        internal int Left { get; set; }

        internal int Right { get; set; }
    }

    /// <param name="features">All rows.</param>
    /// <param name="rows">Those that the tree is made of; their order changes.</param>
    /// <param name="random">Where chance comes from.</param>
    internal static DecisionTree Grow(FeatureMatrix features, int[] rows, SplitMixRandom random)
    {
        var tree = new IsolationTree(features, rows, random);
        tree.Part(0, rows.Length, 0);
        List<Node> nodes = tree._nodes;
        return new DecisionTree
        {
            Features = [.. nodes.Select(node => node.Feature)],
            Thresholds = [.. nodes.Select(node => node.Threshold)],
            // Training knows no missing values; later ones go to the side of more rows.
            MissingLeft = [.. nodes.Select(node => tree.RowsAt(node.Left) >= tree.RowsAt(node.Right))],
            Left = [.. nodes.Select(node => node.Left)],
            Right = [.. nodes.Select(node => node.Right)],
            Gains = new float[nodes.Count],
            Covers = [.. nodes.Select(node => (double)node.Rows)],
            LeafValues = [.. tree._leaves.Select(leaf => leaf.Value)],
            LeafCovers = [.. tree._leaves.Select(leaf => (double)leaf.Rows)],
        };
    }

    /// <summary>The mean length of a search without success in a binary search tree of n rows: 2 H(n − 1) − 2 (n − 1) / n.</summary>
    internal static double MeanPath(int rows)
    {
        double harmonic = 0;
        for (int i = 1; i < rows; i++) harmonic += 1.0 / i;
        return rows < 2 ? 0 : (2 * harmonic) - (2.0 * (rows - 1) / rows);
    }

    private int RowsAt(int child) => child >= 0 ? _nodes[child].Rows : _leaves[~child].Rows;

    /// <returns>The number of the node, or of the leaf as its complement.</returns>
    private int Part(int first, int end, int depth)
    {
        if (end - first < 2 || depth >= _maximumDepth || !TryDraw(first, end, out int feature, out float threshold))
        {
            _leaves.Add(((float)(depth + MeanPath(end - first)), end - first));
            return ~(_leaves.Count - 1);
        }
        var node = new Node(feature, threshold, end - first);
        int number = _nodes.Count, middle = first;
        _nodes.Add(node);
        for (int i = first; i < end; i++)
        {
            if (ValueOf(_rows[i], feature) > threshold) continue;
            (_rows[middle], _rows[i]) = (_rows[i], _rows[middle]);
            middle++;
        }
        node.Left = Part(first, middle, depth + 1);
        node.Right = Part(middle, end, depth + 1);
        return number;
    }

    /// <summary>Draws a feature that differs between some rows, and a threshold that leaves some on each side.</summary>
    private bool TryDraw(int first, int end, out int feature, out float threshold)
    {
        (feature, threshold) = (-1, 0);
        int[] candidates = _features.IsDense ? _candidates : StoredFeatures(first, end);
        for (int left = candidates.Length; left > 0; left--)
        {
            int drawn = _random.Next(left);
            feature = candidates[drawn];
            Span<float> values = _values.AsSpan(0, end - first);
            for (int i = 0; i < values.Length; i++) values[i] = ValueOf(_rows[first + i], feature);
            float low = System.Numerics.Tensors.TensorPrimitives.Min<float>(values), high = System.Numerics.Tensors.TensorPrimitives.Max<float>(values);
            if (low < high)
            {
                // In double precision the difference of any two numbers is finite; rounding must not put the largest to the left.
                threshold = (float)(low + _random.NextSingle() * ((double)high - low));
                if (threshold >= high) threshold = low;
                return true;
            }
            (candidates[drawn], candidates[left - 1]) = (candidates[left - 1], candidates[drawn]);
        }
        return false;
    }

    /// <summary>The features that any of some sparse rows stores: all others are 0.</summary>
    private int[] StoredFeatures(int first, int end)
    {
        var stored = new SortedSet<int>();
        for (int i = first; i < end; i++)
            foreach (int feature in _features[_rows[i]].Indices) stored.Add(feature);
        return [.. stored];
    }

    private float ValueOf(int row, int feature)
    {
        RowVector<float> vector = _features[row];
        int at = vector.IsDense ? feature : vector.Indices.BinarySearch(feature);
        return at >= 0 ? vector.Values[at] : 0;
    }
}
