using System.Globalization;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Counts what a model of two classes predicted. Scores are kept in memory, since areas under curves need them sorted.</summary>
internal sealed class BinaryTally
{
    // As far as a probability is kept from 0, so that one wrong row does not make the log-loss infinite.
    private const double Smallest = 1e-15;

    private readonly List<float> _scores = [];
    private readonly List<bool> _positive = [];
    private readonly int[] _counts = new int[4];

    internal int RowCount => _scores.Count;

    internal int UnlabeledRowCount { get; private set; }

    /// <summary>In bits.</summary>
    internal double LogLossSum { get; private set; }

    internal static BinaryTally Of(IDataView data, string labelColumnName, string scoreColumnName, string? probabilityColumnName, string predictedLabelColumnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        BatchView view = BatchView.Of(data);
        var label = EvaluationColumns.Require(view.Schema, labelColumnName, nameof(labelColumnName));
        if (label.Type is not (BooleanDataViewType or NumberDataViewType or KeyDataViewType))
            throw EvaluationColumns.Wrong(label, nameof(labelColumnName), "Boolean");
        var score = EvaluationColumns.Require(view.Schema, scoreColumnName, nameof(scoreColumnName));
        if (!EvaluationColumns.IsNumber(score)) throw EvaluationColumns.Wrong(score, nameof(scoreColumnName), "Single");
        var predicted = EvaluationColumns.Require(view.Schema, predictedLabelColumnName, nameof(predictedLabelColumnName));
        if (predicted.Type is not BooleanDataViewType) throw EvaluationColumns.Wrong(predicted, nameof(predictedLabelColumnName), "Boolean");
        DataViewSchema.Column? probability = null;
        if (probabilityColumnName is not null)
        {
            if (view.Schema.GetColumnOrNull(probabilityColumnName) is null) throw new ArgumentOutOfRangeException(nameof(probabilityColumnName),
                $"Evaluate: column '{probabilityColumnName}' not found. The columns are: {view.Schema}. EvaluateNonCalibrated works without probabilities.");
            probability = EvaluationColumns.Require(view.Schema, probabilityColumnName, nameof(probabilityColumnName));
            if (!EvaluationColumns.IsNumber(probability.Value)) throw EvaluationColumns.Wrong(probability.Value, nameof(probabilityColumnName), "Single");
        }

        var tally = new BinaryTally();
        int[] needed = [label.Index, score.Index, predicted.Index, .. probability is { } p ? [p.Index] : Array.Empty<int>()];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, needed));
        while (cursor.Next() is { } batch) tally.Add(batch, label, score, predicted, probability);
        if (tally.RowCount == 0) throw EvaluationColumns.Empty(labelColumnName, tally.UnlabeledRowCount);
        return tally;
    }

    private void Add(Batch batch, DataViewSchema.Column label, DataViewSchema.Column score, DataViewSchema.Column predicted, DataViewSchema.Column? probability)
    {
        List<float> labels = [], scores = EvaluationColumns.Finite(batch, score);
        List<float>? probabilities = probability is { } column ? EvaluationColumns.Finite(batch, column) : null;
        ReadOnlySpan<bool> predictions = ((ValueColumn<bool>)batch[predicted.Index]).Values;
        List<int> rows = [];
        LabelReader.Append(batch[label.Index], label, labels, rows);
        UnlabeledRowCount += batch.RowCount - rows.Count;
        for (int i = 0; i < rows.Count; i++)
        {
            int row = rows[i];
            bool isPositive = labels[i] > 0;
            _scores.Add(scores[row]);
            _positive.Add(isPositive);
            _counts[(isPositive ? 0 : 2) + (predictions[row] ? 0 : 1)]++;
            if (probabilities is null) continue;
            double p = probabilities[row];
            if (p is < 0 or > 1) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"Evaluate: row {batch.FirstRow + row}, column '{probability!.Value.Name}': found {p}, expected a probability between 0 and 1."));
            LogLossSum -= Math.Log2(Math.Max(Smallest, isPositive ? p : 1 - p));
        }
    }

    internal ConfusionMatrix Matrix() => new(["positive", "negative"],
        Enumerable.Range(0, 4).Where(i => _counts[i] > 0).ToDictionary(i => (i / 2, i % 2), i => _counts[i]));

    internal (double Roc, double PrecisionRecall) Areas()
    {
        bool[] positive = [.. _positive];
        if (Array.TrueForAll(positive, p => p == positive[0])) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"Evaluate: all {positive.Length} rows are {(positive[0] ? "positive" : "negative")}; the area under the ROC curve needs rows of both classes. TrainTestSplit with a stratificationColumnName keeps both in the test set."));
        return RankingAreas.Of([.. _scores], positive);
    }
}
