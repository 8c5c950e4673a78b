using System.Numerics.Tensors;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Counts what a model of several classes predicted.</summary>
internal sealed class MulticlassTally
{
    private const double Smallest = 1e-15;

    private readonly EvaluatedClasses _classes;
    private readonly Dictionary<(int Actual, int Predicted), double> _counts = [];
    private readonly List<double> _classLogLoss;
    private readonly Action<double, bool, double>? _onPrediction;

    private MulticlassTally(EvaluatedClasses classes, Action<double, bool, double>? onPrediction)
    {
        (_classes, _onPrediction) = (classes, onPrediction);
        _classLogLoss = [.. new double[classes.ModelCount]];
        RowsOfRank = new double[classes.ModelCount];
    }

    internal int RowCount { get; private set; }

    internal int UnlabeledRowCount { get; private set; }

    /// <summary>The number of rows, or what they weigh.</summary>
    internal double WeightSum { get; private set; }

    /// <summary>The sum over the rows of each class.</summary>
    internal IReadOnlyList<double> ClassLogLoss => _classLogLoss;

    internal bool AreProbabilities { get; private set; } = true;

    /// <summary>How many rows' label has the highest score, the second highest, and so on.</summary>
    internal double[] RowsOfRank { get; }

    /// <param name="data">Scored rows.</param>
    /// <param name="labelColumnName">Their label.</param>
    /// <param name="scoreColumnName">Their scores.</param>
    /// <param name="predictedLabelColumnName">Names the classes where the scores do not.</param>
    /// <param name="exampleWeightColumnName">Their weights, if they have any.</param>
    /// <param name="onPrediction">Is told the highest score of each row, whether it is that of the label, and what the row weighs.</param>
    internal static MulticlassTally Of(IDataView data, string labelColumnName, string scoreColumnName, string predictedLabelColumnName,
        string? exampleWeightColumnName, Action<double, bool, double>? onPrediction = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        BatchView view = BatchView.Of(data);
        var label = EvaluationColumns.Require(view.Schema, labelColumnName, nameof(labelColumnName));
        if (label.Type is not (KeyDataViewType or NumberDataViewType))
            throw EvaluationColumns.Wrong(label, nameof(labelColumnName), "a key. Conversion.MapValueToKey makes one out of any column");
        var score = EvaluationColumns.Require(view.Schema, scoreColumnName, nameof(scoreColumnName));
        if (score.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw EvaluationColumns.Wrong(score, nameof(scoreColumnName), "a vector of Single with one score per class");
        var weight = EvaluationColumns.Weight(view.Schema, exampleWeightColumnName);
        var tally = new MulticlassTally(new EvaluatedClasses(label, score, vector.Size, view.Schema.GetColumnOrNull(predictedLabelColumnName)), onPrediction);
        float[] scores = new float[vector.Size];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, weight is { } w ? [label, score, w] : [label, score]));
        while (cursor.Next() is { } batch) tally.Add(batch, label, score, weight, scores);
        return tally.WeightSum > 0 ? tally : throw EvaluationColumns.Empty(labelColumnName, tally.RowCount, tally.UnlabeledRowCount);
    }

    internal ConfusionMatrix Matrix() => new(_classes.Names, _counts, _classes.AreNamed);

    private void Add(Batch batch, DataViewSchema.Column label, DataViewSchema.Column score, DataViewSchema.Column? weight, Span<float> scores)
    {
        List<float> labels = [];
        List<float>? weights = EvaluationColumns.Weights(batch, weight);
        List<int> rows = [];
        LabelReader.Append(batch[label.Index], label, labels, rows);
        UnlabeledRowCount += batch.RowCount - rows.Count;
        var vectors = (VectorColumn<float>)batch[score.Index];
        for (int i = 0; i < rows.Count; i++)
        {
            int number = EvaluationColumns.ClassNumber(labels[i], label, batch.FirstRow + rows[i]);
            vectors[rows[i]].CopyTo(scores);
            foreach (float value in scores)
            {
                if (!float.IsFinite(value)) throw EvaluationColumns.NotFinite(score, batch.FirstRow + rows[i], value);
                // A sum of rounded probabilities may exceed 1 by a little.
                if (value is < 0 or > 1.0001f) AreProbabilities = false;
            }
            Count(_classes.ClassOf(number), scores, weights?[rows[i]] ?? 1);
        }
    }

    private void Count(int actual, ReadOnlySpan<float> scores, float weight)
    {
        RowCount++;
        if (weight == 0) return;
        WeightSum += weight;
        while (_classLogLoss.Count <= actual) _classLogLoss.Add(0);
        int predicted = TensorPrimitives.IndexOfMax(scores);
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, (actual, predicted), out _) += weight;
        _onPrediction?.Invoke(scores[predicted], predicted == actual, weight);
        bool isKnown = actual < scores.Length;
        _classLogLoss[actual] -= weight * Math.Log(isKnown ? Math.Clamp(scores[actual], Smallest, 1) : Smallest);
        if (!isKnown) return;
        int rank = 0;
        for (int i = 0; i < scores.Length; i++)
            if (scores[i] > scores[actual] || (scores[i] == scores[actual] && i < actual)) rank++;
        RowsOfRank[rank] += weight;
    }
}
