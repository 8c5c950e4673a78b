using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Rows with weights, read in parts by several threads, and how far each is from the points chosen so far.</summary>
internal sealed class ClusteredRows
{
    private readonly FeatureMatrix _features;
    private readonly float[]? _weights;

    /// <param name="features">The rows.</param>
    /// <param name="weights">One per row; <see langword="null"/> when all count the same.</param>
    /// <param name="parts">The parts that threads take.</param>
    internal ClusteredRows(FeatureMatrix features, float[]? weights, RowParts parts)
    {
        (_features, _weights, Parts) = (features, weights, parts);
        Distances = new float[features.RowCount];
        Assignments = new int[features.RowCount];
        Forget();
    }

    internal RowParts Parts { get; }

    internal int RowCount => _features.RowCount;

    internal int Size => _features.ColumnCount;

    internal RowVector<float> this[int row] => _features[row];

    /// <summary>The squared distance of each row from the nearest point.</summary>
    internal float[] Distances { get; }

    /// <summary>The nearest point of each row; -1 before there is one.</summary>
    internal int[] Assignments { get; }

    internal float WeightOf(int row) => _weights is null ? 1 : _weights[row];

    internal void Forget()
    {
        Array.Fill(Distances, float.PositiveInfinity);
        Array.Fill(Assignments, -1);
    }

    /// <summary>Makes more points known: rows that are nearer to one of them are assigned to it.</summary>
    /// <param name="rows">The rows that are the points.</param>
    /// <param name="firstNumber">The number of the first of them.</param>
    /// <returns>Σ weight · squared distance from the nearest point.</returns>
    internal double Add(ReadOnlySpan<int> rows, int firstNumber)
    {
        SquaredDistances points = PointsAt(rows);
        double[] sums = new double[Parts.Count];
        Parts.ForEach((part, first, end) =>
        {
            float[] room = new float[points.Count];
            double sum = 0;
            for (int row = first; row < end; row++)
            {
                int nearest = points.Nearest(_features[row], room, out float distance);
                if (distance < Distances[row]) (Distances[row], Assignments[row]) = (distance, firstNumber + nearest);
                sum += (double)WeightOf(row) * Distances[row];
            }
            sums[part] = sum;
        });
        return CheckFinite(sums.Sum());
    }

    /// <exception cref="MLPipelinesException">Distances do not fit into single precision.</exception>
    internal static double CheckFinite(double sum) => double.IsFinite(sum) ? sum
        : throw new MLPipelinesException("KMeans: the rows are so far from each other that their distances are no numbers any more. Normalize the features (NormalizeMinMax, NormalizeMeanVariance).");

    /// <summary>For each of some rows, the sum that <see cref="Add"/> would give if it alone were added.</summary>
    internal double[] SumsWith(ReadOnlySpan<int> rows)
    {
        SquaredDistances points = PointsAt(rows);
        double[][] sums = new double[Parts.Count][];
        Parts.ForEach((part, first, end) =>
        {
            float[] room = new float[points.Count];
            double[] sum = sums[part] = new double[points.Count];
            for (int row = first; row < end; row++)
            {
                points.Compute(_features[row], room);
                for (int i = 0; i < room.Length; i++) sum[i] += (double)WeightOf(row) * Math.Min(room[i], Distances[row]);
            }
        });
        double[] all = new double[points.Count];
        foreach (double[] sum in sums) System.Numerics.Tensors.TensorPrimitives.Add<double>(all, sum, all);
        return all;
    }

    /// <summary>Rows as points, row-major.</summary>
    internal float[] ItemsOf(ReadOnlySpan<int> rows)
    {
        float[] items = new float[rows.Length * Size];
        for (int i = 0; i < rows.Length; i++) _features[rows[i]].CopyTo(items.AsSpan(i * Size, Size));
        return items;
    }

    /// <summary>Some of the rows, with weights of their own, in one part.</summary>
    internal ClusteredRows Select(ReadOnlySpan<int> rows, float[] weights, CancellationToken cancellation) =>
        new(_features.Select(rows), weights, new RowParts(rows.Length, 0, threads: 1, cancellation));

    private SquaredDistances PointsAt(ReadOnlySpan<int> rows) => new(ItemsOf(rows), rows.Length, Size);
}
