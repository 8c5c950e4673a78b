using MLPipelines.Trainers.Trees;

namespace MLPipelines.Onnx.Export.Trees;

/// <summary>A function of one number that is constant between bounds, as a tree: whether there is a number at all, and then a search by halves.</summary>
internal sealed class StepTree
{
    private readonly int _feature;
    private readonly double[] _bounds;
    private readonly List<float> _thresholds = [];
    private readonly List<int> _left = [], _right = [];

    /// <param name="feature">The feature.</param>
    /// <param name="bounds">Rising; the last one is infinity.</param>
    /// <param name="values">The value up to each bound.</param>
    /// <param name="missing">The value of NaN.</param>
    internal StepTree(int feature, double[] bounds, double[] values, double missing)
    {
        (_feature, _bounds) = (feature, bounds);
        AddNode(float.PositiveInfinity);
        (_left[0], _right[0]) = (Search(0, bounds.Length - 1), ~values.Length);
        int nodes = _left.Count, leaves = values.Length + 1;
        Tree = new DecisionTree
        {
            Features = [.. Enumerable.Repeat(_feature, nodes)],
            Thresholds = [.. _thresholds],
            MissingLeft = new bool[nodes],
            Left = [.. _left],
            Right = [.. _right],
            Gains = new float[nodes],
            Covers = new double[nodes],
            LeafValues = [.. values.Select(value => (float)value), (float)missing],
            LeafCovers = new double[leaves],
        };
    }

    internal DecisionTree Tree { get; }

    /// <returns>The number of the node, or of the leaf as its complement.</returns>
    private int Search(int first, int last)
    {
        if (first == last) return ~first;
        int middle = (first + last) / 2, node = AddNode(Floor(_bounds[middle]));
        _left[node] = Search(first, middle);
        _right[node] = Search(middle + 1, last);
        return node;
    }

    private int AddNode(float threshold)
    {
        _thresholds.Add(threshold);
        _left.Add(0);
        _right.Add(0);
        return _left.Count - 1;
    }

    /// <summary>The largest single-precision number up to a bound: the same numbers are below both.</summary>
    private static float Floor(double bound)
    {
        float nearest = (float)bound;
        return nearest > bound ? MathF.BitDecrement(nearest) : nearest;
    }
}
