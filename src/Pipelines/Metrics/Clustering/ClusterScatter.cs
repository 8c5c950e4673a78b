using System.Numerics.Tensors;

namespace MLPipelines.Data;

/// <summary>Where the centroids of clusters are and how far rows are from them, from two readings of the features.</summary>
internal sealed class ClusterScatter
{
    private readonly DataViewSchema.Column _features;
    private readonly double[][] _centroids;
    private readonly double[] _distances;
    private readonly int[] _counts;
    private readonly float[] _row;
    private readonly double[] _exact;

    internal ClusterScatter(int clusters, DataViewSchema.Column features)
    {
        int size = ((VectorDataViewType)features.Type).Size;
        _features = features;
        _centroids = [.. Enumerable.Range(0, clusters).Select(_ => new double[size])];
        (_distances, _counts) = (new double[clusters], new int[clusters]);
        (_row, _exact) = (new float[size], new double[size]);
    }

    internal void AddToCentroids(Batch batch, int[] clusters)
    {
        for (int row = 0; row < clusters.Length; row++)
        {
            double[] sum = _centroids[clusters[row]];
            TensorPrimitives.Add<double>(sum, Read(batch, row), sum);
            _counts[clusters[row]]++;
        }
    }

    internal void FinishCentroids()
    {
        for (int i = 0; i < _centroids.Length; i++) TensorPrimitives.Divide<double>(_centroids[i], _counts[i], _centroids[i]);
    }

    internal void AddDistances(Batch batch, int[] clusters)
    {
        for (int row = 0; row < clusters.Length; row++) _distances[clusters[row]] += TensorPrimitives.Distance<double>(_centroids[clusters[row]], Read(batch, row));
    }

    internal double DaviesBouldinIndex()
    {
        int[] occurring = [.. Enumerable.Range(0, _counts.Length).Where(i => _counts[i] > 0)];
        return occurring.Length < 2 ? double.NaN : occurring.Average(i => occurring.Where(j => j != i).Max(j => Overlap(i, j)));
    }

    private double Overlap(int i, int j)
    {
        double apart = TensorPrimitives.Distance<double>(_centroids[i], _centroids[j]);
        return apart > 0 ? ((_distances[i] / _counts[i]) + (_distances[j] / _counts[j])) / apart : double.PositiveInfinity;
    }

    private ReadOnlySpan<double> Read(Batch batch, int row)
    {
        ((VectorColumn<float>)batch[_features.Index])[row].CopyTo(_row);
        int bad = Array.FindIndex(_row, value => !float.IsFinite(value));
        if (bad >= 0) throw EvaluationColumns.NotFinite(_features, batch.FirstRow + row, _row[bad]);
        TensorPrimitives.ConvertTruncating<float, double>(_row, _exact);
        return _exact;
    }
}
