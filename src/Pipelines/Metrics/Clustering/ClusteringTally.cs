using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Counts which labels went to which clusters: a row is in the cluster of its lowest score. Labels are kept in memory.</summary>
internal sealed class ClusteringTally
{
    private readonly BatchView _view;
    private readonly DataViewSchema.Column _score;
    private readonly DataViewSchema.Column? _label;
    private readonly Dictionary<int, int> _classes = [];
    private readonly List<int> _labels = [], _clustersOfLabels = [];
    private readonly float[] _scores;

    private ClusteringTally(IDataView data, string? labelColumnName, string scoreColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        _view = BatchView.Of(data);
        _score = Vector(_view.Schema, scoreColumnName, nameof(scoreColumnName));
        _scores = new float[((VectorDataViewType)_score.Type).Size];
        if (labelColumnName is null) return;
        _label = EvaluationColumns.Require(_view.Schema, labelColumnName, nameof(labelColumnName));
        if (_label.Value.Type is not (KeyDataViewType or NumberDataViewType))
            throw EvaluationColumns.Wrong(_label.Value, nameof(labelColumnName), "a key. Conversion.MapValueToKey makes one out of any column");
    }

    internal int RowCount { get; private set; }

    internal int UnlabeledRowCount { get; private set; }

    internal double DistanceSum { get; private set; }

    /// <param name="data">Scored rows.</param>
    /// <param name="labelColumnName">Their label, if they have one.</param>
    /// <param name="scoreColumnName">Their distances from the clusters.</param>
    internal static ClusteringTally Of(IDataView data, string? labelColumnName, string scoreColumnName)
    {
        var tally = new ClusteringTally(data, labelColumnName, scoreColumnName);
        tally.ReadClusters(tally._label, tally.Add);
        return tally.RowCount > 0 ? tally : throw EvaluationColumns.Empty(scoreColumnName, 0, 0);
    }

    internal double NormalizedMutualInformation()
    {
        var information = new MutualInformation([.. _labels], _classes.Count);
        double entropy = information.Entropy();
        return entropy > 0 ? information.With([.. _clustersOfLabels], _scores.Length) / entropy : double.NaN;
    }

    internal ClusterScatter Scatter(string featureColumnName)
    {
        var features = Vector(_view.Schema, featureColumnName, nameof(featureColumnName));
        var scatter = new ClusterScatter(_scores.Length, features);
        ReadClusters(features, scatter.AddToCentroids);
        scatter.FinishCentroids();
        ReadClusters(features, scatter.AddDistances);
        return scatter;
    }

    /// <summary>Hands over each batch with another column and the cluster of each row.</summary>
    private void ReadClusters(DataViewSchema.Column? column, Action<Batch, int[]> read)
    {
        using BatchCursor cursor = _view.OpenBatches(ColumnSet.Of(_view.Schema, column is { } other ? [_score, other] : [_score]));
        while (cursor.Next() is { } batch)
        {
            int[] clusters = new int[batch.RowCount];
            var vectors = (VectorColumn<float>)batch[_score.Index];
            for (int row = 0; row < clusters.Length; row++)
            {
                vectors[row].CopyTo(_scores);
                if (!TensorPrimitives.IsFiniteAll(_scores))
                    throw EvaluationColumns.NotFinite(_score, batch.FirstRow + row, Array.Find(_scores, score => !float.IsFinite(score)));
                clusters[row] = TensorPrimitives.IndexOfMin(_scores);
            }
            read(batch, clusters);
        }
    }

    private void Add(Batch batch, int[] clusters)
    {
        RowCount += clusters.Length;
        var vectors = (VectorColumn<float>)batch[_score.Index];
        for (int row = 0; row < clusters.Length; row++)
        {
            vectors[row].CopyTo(_scores);
            DistanceSum += _scores[clusters[row]];
        }
        if (_label is not { } label) return;
        List<float> labels = [];
        List<int> rows = [];
        LabelReader.Append(batch[label.Index], label, labels, rows);
        UnlabeledRowCount += batch.RowCount - rows.Count;
        for (int i = 0; i < rows.Count; i++)
        {
            int number = EvaluationColumns.ClassNumber(labels[i], label, batch.FirstRow + rows[i]);
            ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_classes, number, out bool exists);
            if (!exists) index = _classes.Count - 1;
            _labels.Add(index);
            _clustersOfLabels.Add(clusters[rows[i]]);
        }
    }

    private static DataViewSchema.Column Vector(DataViewSchema schema, string name, string role)
    {
        var column = EvaluationColumns.Require(schema, name, role);
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single ? column
            : throw EvaluationColumns.Wrong(column, role, "a vector of Single of known size");
    }
}
