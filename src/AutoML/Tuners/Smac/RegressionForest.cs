namespace MLPipelines.AutoML;

/// <summary>
/// A random forest over few points that tells mean and variance at another: the model of a loss over a search space (Hutter,
/// Hoos, Leyton-Brown 2011, "Sequential Model-Based Optimization for General Algorithm Configuration"). Each tree learns from
/// as many points drawn with replacement; a split is the best of random thresholds on a part of the coordinates.
/// </summary>
internal sealed class RegressionForest
{
    private readonly Node[] _trees;

    /// <param name="points">The points.</param>
    /// <param name="values">A finite value per point.</param>
    /// <param name="treeCount">How many trees.</param>
    /// <param name="rowsToSplit">Fewer points are not split.</param>
    /// <param name="share">The part of the coordinates that a split looks at.</param>
    /// <param name="random">Where draws come from.</param>
    public RegressionForest(IReadOnlyList<double[]> points, IReadOnlyList<double> values, int treeCount, int rowsToSplit, double share, Random random)
    {
        _trees = new Node[treeCount];
        for (int t = 0; t < treeCount; t++)
        {
            var rows = new int[points.Count];
            for (int i = 0; i < rows.Length; i++) rows[i] = random.Next(rows.Length);
            _trees[t] = Grow(new Growing(points, values, rowsToSplit, share, random), rows);
        }
    }

    /// <summary>The law of total variance over the leaves that the point falls into.</summary>
    public (double Mean, double Variance) Predict(double[] point)
    {
        double sum = 0, squares = 0;
        foreach (Node tree in _trees)
        {
            Node node = tree;
            while (node.Less is not null) node = point[node.Coordinate] <= node.Threshold ? node.Less : node.More!;
            sum += node.Mean;
            squares += node.Variance + node.Mean * node.Mean;
        }
        double mean = sum / _trees.Length;
        return (mean, Math.Max(squares / _trees.Length - mean * mean, 0));
    }

    private static Node Grow(Growing data, int[] rows)
    {
        (double mean, double variance) = Moments(data, rows);
        var node = new Node { Mean = mean, Variance = variance };
        if (rows.Length < data.RowsToSplit || variance <= 0) return node;
        double best = double.PositiveInfinity;
        int dimensions = data.Points[0].Length;
        for (int look = Math.Max(1, (int)Math.Ceiling(data.Share * dimensions)); look > 0; look--)
        {
            int coordinate = data.Random.Next(dimensions);
            double a = data.Points[rows[data.Random.Next(rows.Length)]][coordinate], b = data.Points[rows[data.Random.Next(rows.Length)]][coordinate];
            if (a == b) continue;
            double threshold = Math.Min(a, b) + data.Random.NextDouble() * Math.Abs(b - a);
            // Rounding must not leave one side empty.
            if (threshold >= Math.Max(a, b)) threshold = Math.Min(a, b);
            double left = Spread(data, rows, coordinate, threshold, less: true) + Spread(data, rows, coordinate, threshold, less: false);
            if (left < best) (best, node.Coordinate, node.Threshold) = (left, coordinate, threshold);
        }
        if (double.IsInfinity(best)) return node;
        node.Less = Grow(data, Array.FindAll(rows, row => data.Points[row][node.Coordinate] <= node.Threshold));
        node.More = Grow(data, Array.FindAll(rows, row => data.Points[row][node.Coordinate] > node.Threshold));
        return node;
    }

    private static (double Mean, double Variance) Moments(Growing data, int[] rows)
    {
        double mean = rows.Average(row => data.Values[row]);
        return (mean, rows.Average(row => (data.Values[row] - mean) * (data.Values[row] - mean)));
    }

    /// <summary>The sum of squared distances from the mean on one side of a threshold.</summary>
    private static double Spread(Growing data, int[] rows, int coordinate, double threshold, bool less)
    {
        double sum = 0, squares = 0;
        int count = 0;
        foreach (int row in rows)
        {
            if (data.Points[row][coordinate] <= threshold != less) continue;
            double value = data.Values[row];
            sum += value;
            squares += value * value;
            count++;
        }
        return count == 0 ? 0 : squares - sum * sum / count;
    }

    private sealed record Growing(IReadOnlyList<double[]> Points, IReadOnlyList<double> Values, int RowsToSplit, double Share, Random Random);

    private sealed class Node
    {
        public double Mean, Variance, Threshold;
        public int Coordinate;
        public Node? Less, More;
    }
}
