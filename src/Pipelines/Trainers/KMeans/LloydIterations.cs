using System.Globalization;
using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Lloyd's iterations (1982): each row goes to the nearest centre, each centre to the weighted mean of its rows. Sums of rows are kept up to date
/// by the rows that change their cluster alone. A cluster that loses its last row starts anew at the row that is farthest from its centre.
/// </summary>
internal sealed class LloydIterations
{
    private readonly ClusteredRows _rows;
    private readonly int _count;
    private readonly double[] _sums;
    private readonly double[] _weights;
    private readonly PartChanges[] _parts;
    private readonly float[] _centroids;

    /// <param name="rows">The rows.</param>
    /// <param name="centroids">(count, size), row-major: where to start; moved by the iterations.</param>
    /// <param name="count">How many clusters.</param>
    internal LloydIterations(ClusteredRows rows, float[] centroids, int count)
    {
        (_rows, _centroids, _count) = (rows, centroids, count);
        (_sums, _weights) = (new double[centroids.Length], new double[count]);
        _parts = [.. Enumerable.Range(0, rows.Parts.Count).Select(_ => new PartChanges(centroids.Length, count))];
        rows.Forget();
    }

    /// <param name="maximum">How many iterations at most.</param>
    /// <param name="tolerance">They end when the mean squared distance falls by less than this share of it.</param>
    /// <param name="onIteration">Told of each iteration and the mean squared distance before it.</param>
    /// <returns>Whether there were as many different rows as clusters.</returns>
    internal bool Run(int maximum, double tolerance, Action<int, double> onIteration)
    {
        double before = double.PositiveInfinity;
        for (int iteration = 0; iteration < maximum; iteration++)
        {
            var (loss, changed) = Assign();
            onIteration(iteration + 1, loss / _weights.Sum());
            if (!FillEmpty()) return false;
            Move();
            if (changed == 0 || (iteration > 0 && before - loss <= tolerance * before)) return true;
            before = loss;
        }
        return true;
    }

    /// <summary>The centres in the order in which their first rows come, row-major.</summary>
    internal float[] InOrderOfRows()
    {
        int size = _rows.Size;
        int[] order = [.. _rows.Assignments.Distinct(), .. Enumerable.Range(0, _count)];
        float[] ordered = new float[_centroids.Length];
        int to = 0;
        foreach (int cluster in order.Distinct()) _centroids.AsSpan(cluster * size, size).CopyTo(ordered.AsSpan(to++ * size));
        return ordered;
    }

    private (double Loss, int Changed) Assign()
    {
        var centroids = new SquaredDistances(_centroids, _count, _rows.Size);
        _rows.Parts.ForEach((part, first, end) => _parts[part].Assign(_rows, centroids, first, end));
        double loss = 0;
        int changed = 0;
        foreach (PartChanges part in _parts)
        {
            TensorPrimitives.Add<double>(_sums, part.Sums, _sums);
            TensorPrimitives.Add<double>(_weights, part.Weights, _weights);
            loss += part.Loss;
            changed += part.Changed;
        }
        return (ClusteredRows.CheckFinite(loss), changed);
    }

    private bool FillEmpty()
    {
        int[] counts = new int[_count];
        for (int row = 0; row < _rows.RowCount; row++)
            if (_rows.WeightOf(row) > 0) counts[_rows.Assignments[row]]++;
        for (int cluster = 0; cluster < _count; cluster++)
        {
            if (counts[cluster] > 0) continue;
            int farthest = -1;
            for (int row = 0; row < _rows.RowCount; row++)
                if (_rows.WeightOf(row) > 0 && counts[_rows.Assignments[row]] > 1 && (farthest < 0 || _rows.Distances[row] > _rows.Distances[farthest])) farthest = row;
            if (farthest < 0 || _rows.Distances[farthest] == 0) return false;
            counts[_rows.Assignments[farthest]]--;
            counts[cluster]++;
            PartChanges.Move(_rows, farthest, _rows.Assignments[farthest], cluster, _sums, _weights);
            (_rows.Assignments[farthest], _rows.Distances[farthest]) = (cluster, 0);
        }
        return true;
    }

    private void Move()
    {
        int size = _rows.Size;
        for (int cluster = 0; cluster < _count; cluster++)
        {
            Span<float> centroid = _centroids.AsSpan(cluster * size, size);
            ReadOnlySpan<double> sum = _sums.AsSpan(cluster * size, size);
            for (int j = 0; j < size; j++) centroid[j] = (float)(sum[j] / _weights[cluster]);
        }
    }

    /// <summary>What the rows of one part change of the sums.</summary>
    private sealed class PartChanges(int length, int count)
    {
        private readonly float[] _room = new float[count];

        internal double[] Sums { get; } = new double[length];

        internal double[] Weights { get; } = new double[count];

        internal double Loss { get; private set; }

        internal int Changed { get; private set; }

        internal void Assign(ClusteredRows rows, SquaredDistances centroids, int first, int end)
        {
            // The first iteration, which touches all, comes with cleared sums.
            if (Changed > 0)
            {
                Array.Clear(Sums);
                Array.Clear(Weights);
            }
            (Loss, Changed) = (0, 0);
            for (int row = first; row < end; row++)
            {
                int nearest = centroids.Nearest(rows[row], _room, out float distance), before = rows.Assignments[row];
                rows.Distances[row] = distance;
                Loss += (double)rows.WeightOf(row) * distance;
                if (nearest == before) continue;
                rows.Assignments[row] = nearest;
                Changed++;
                Move(rows, row, before, nearest, Sums, Weights);
            }
        }

        internal static void Move(ClusteredRows rows, int row, int from, int to, double[] sums, double[] weights)
        {
            double weight = rows.WeightOf(row);
            if (weight == 0) return;
            RowVector<float> vector = rows[row];
            Add(vector, weight, sums.AsSpan(to * rows.Size, rows.Size));
            weights[to] += weight;
            if (from < 0) return;
            Add(vector, -weight, sums.AsSpan(from * rows.Size, rows.Size));
            weights[from] -= weight;
        }

        private static void Add(RowVector<float> vector, double weight, Span<double> sums)
        {
            ReadOnlySpan<float> values = vector.Values;
            if (vector.IsDense)
            {
                for (int j = 0; j < values.Length; j++) sums[j] += weight * values[j];
                return;
            }
            ReadOnlySpan<int> indices = vector.Indices;
            for (int j = 0; j < values.Length; j++) sums[indices[j]] += weight * values[j];
        }
    }
}
