using System.Globalization;
using System.Numerics.Tensors;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Counts what a model of several classes predicted.</summary>
internal sealed class MulticlassTally
{
    private const double Smallest = 1e-15;

    private readonly EvaluatedClasses _classes;
    private readonly Dictionary<(int Actual, int Predicted), int> _counts = [];
    private readonly List<double> _classLogLoss;

    private MulticlassTally(EvaluatedClasses classes)
    {
        _classes = classes;
        _classLogLoss = [.. new double[classes.ModelCount]];
        RowsOfRank = new int[classes.ModelCount];
    }

    internal int RowCount { get; private set; }

    internal int UnlabeledRowCount { get; private set; }

    /// <summary>The sum over the rows of each class.</summary>
    internal IReadOnlyList<double> ClassLogLoss => _classLogLoss;

    internal bool AreProbabilities { get; private set; } = true;

    /// <summary>How many rows' label has the highest score, the second highest, and so on.</summary>
    internal int[] RowsOfRank { get; }

    internal static MulticlassTally Of(IDataView data, string labelColumnName, string scoreColumnName, string predictedLabelColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        BatchView view = BatchView.Of(data);
        var label = EvaluationColumns.Require(view.Schema, labelColumnName, nameof(labelColumnName));
        if (label.Type is not (KeyDataViewType or NumberDataViewType))
            throw EvaluationColumns.Wrong(label, nameof(labelColumnName), "a key. Conversion.MapValueToKey makes one out of any column");
        var score = EvaluationColumns.Require(view.Schema, scoreColumnName, nameof(scoreColumnName));
        if (score.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw EvaluationColumns.Wrong(score, nameof(scoreColumnName), "a vector of Single with one score per class");
        var tally = new MulticlassTally(new EvaluatedClasses(label, score, vector.Size, view.Schema.GetColumnOrNull(predictedLabelColumnName)));
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, label.Index, score.Index));
        float[] scores = new float[vector.Size];
        while (cursor.Next() is { } batch) tally.Add(batch, label, score, scores);
        if (tally.RowCount == 0) throw EvaluationColumns.Empty(labelColumnName, tally.UnlabeledRowCount);
        return tally;
    }

    internal ConfusionMatrix Matrix() => new(_classes.Names, _counts);

    private void Add(Batch batch, DataViewSchema.Column label, DataViewSchema.Column score, Span<float> scores)
    {
        List<float> labels = [];
        List<int> rows = [];
        LabelReader.Append(batch[label.Index], label, labels, rows);
        UnlabeledRowCount += batch.RowCount - rows.Count;
        var vectors = (VectorColumn<float>)batch[score.Index];
        for (int i = 0; i < rows.Count; i++)
        {
            if (labels[i] < 0 || labels[i] != MathF.Floor(labels[i])) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"Evaluate: row {batch.FirstRow + rows[i]}, column '{label.Name}': found the label {labels[i]}, expected the number of a class: 0, 1, 2 and so on."));
            vectors[rows[i]].CopyTo(scores);
            foreach (float value in scores)
            {
                if (!float.IsFinite(value)) throw EvaluationColumns.NotFinite(score, batch.FirstRow + rows[i], value);
                // A sum of rounded probabilities may exceed 1 by a little.
                if (value is < 0 or > 1.0001f) AreProbabilities = false;
            }
            Count(_classes.ClassOf((int)labels[i]), scores);
        }
    }

    private void Count(int actual, ReadOnlySpan<float> scores)
    {
        RowCount++;
        while (_classLogLoss.Count <= actual) _classLogLoss.Add(0);
        int predicted = TensorPrimitives.IndexOfMax(scores);
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, (actual, predicted), out _)++;
        bool isKnown = actual < scores.Length;
        _classLogLoss[actual] -= Math.Log(isKnown ? Math.Clamp(scores[actual], Smallest, 1) : Smallest);
        if (!isKnown) return;
        int rank = 0;
        for (int i = 0; i < scores.Length; i++)
            if (scores[i] > scores[actual] || (scores[i] == scores[actual] && i < actual)) rank++;
        RowsOfRank[rank]++;
    }
}
