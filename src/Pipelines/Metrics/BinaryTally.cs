using System.Globalization;
using MLPipelines.Trainers;

namespace MLPipelines.Data;

/// <summary>Counts what a model of two classes predicted. Scores are kept in memory, since curves need them sorted.</summary>
internal sealed class BinaryTally
{
    // As far as a probability is kept from 0, so that one wrong row does not make the log-loss infinite.
    private const double Smallest = 1e-15;

    private readonly List<float> _scores = [];
    private readonly List<bool> _positive = [];
    private readonly List<float>? _weights;
    private readonly double[] _counts = new double[4];
    private Ranking? _ranking;

    private BinaryTally(bool isWeighted) => _weights = isWeighted ? [] : null;

    internal int RowCount => _scores.Count;

    internal int UnlabeledRowCount { get; private set; }

    /// <summary>The number of rows, or what they weigh.</summary>
    internal double WeightSum { get; private set; }

    /// <summary>In bits.</summary>
    internal double LogLossSum { get; private set; }

    /// <param name="data">Scored rows.</param>
    /// <param name="columns">Their columns; those of probabilities, predicted labels and weights may be absent.</param>
    internal static BinaryTally Of(IDataView data, BinaryColumns columns)
    {
        ArgumentNullException.ThrowIfNull(data);
        BatchView view = BatchView.Of(data);
        var label = BinaryColumns.Label(view.Schema, columns.LabelColumnName);
        var score = EvaluationColumns.Require(view.Schema, columns.ScoreColumnName, "scoreColumnName");
        if (!EvaluationColumns.IsNumber(score)) throw EvaluationColumns.Wrong(score, "scoreColumnName", "Single");
        DataViewSchema.Column? predicted = null, probability = null;
        if (columns.PredictedLabelColumnName is { } predictedName)
        {
            predicted = EvaluationColumns.Require(view.Schema, predictedName, "predictedLabelColumnName");
            if (predicted.Value.Type is not BooleanDataViewType) throw EvaluationColumns.Wrong(predicted.Value, "predictedLabelColumnName", "Boolean");
        }
        if (columns.ProbabilityColumnName is { } probabilityName) probability = BinaryColumns.Probability(view.Schema, probabilityName, "probabilityColumnName");
        var weight = EvaluationColumns.Weight(view.Schema, columns.ExampleWeightColumnName);

        var tally = new BinaryTally(weight is not null);
        DataViewSchema.Column?[] needed = [label, score, predicted, probability, weight];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, needed.OfType<DataViewSchema.Column>()));
        while (cursor.Next() is { } batch) tally.Add(batch, label, score, predicted, probability, weight);
        return tally.WeightSum > 0 ? tally : throw EvaluationColumns.Empty(columns.LabelColumnName, tally.RowCount, tally.UnlabeledRowCount);
    }

    private void Add(Batch batch, DataViewSchema.Column label, DataViewSchema.Column score, DataViewSchema.Column? predicted, DataViewSchema.Column? probability, DataViewSchema.Column? weight)
    {
        List<float> labels = [], scores = EvaluationColumns.Finite(batch, score);
        List<float>? probabilities = probability is { } column ? EvaluationColumns.Finite(batch, column) : null, weights = EvaluationColumns.Weights(batch, weight);
        ReadOnlySpan<bool> predictions = predicted is { } decided ? ((ValueColumn<bool>)batch[decided.Index]).Values : default;
        List<int> rows = [];
        LabelReader.Append(batch[label.Index], label, labels, rows);
        UnlabeledRowCount += batch.RowCount - rows.Count;
        for (int i = 0; i < rows.Count; i++)
        {
            int row = rows[i];
            bool isPositive = labels[i] > 0;
            float counts = weights?[row] ?? 1;
            _scores.Add(scores[row]);
            _positive.Add(isPositive);
            _weights?.Add(counts);
            WeightSum += counts;
            if (predicted is not null) _counts[(isPositive ? 0 : 2) + (predictions[row] ? 0 : 1)] += counts;
            if (probabilities is null) continue;
            double p = BinaryColumns.InRange(probabilities[row], batch.FirstRow + row, probability!.Value);
            LogLossSum -= counts * Math.Log2(Math.Max(Smallest, isPositive ? p : 1 - p));
        }
    }

    internal ConfusionMatrix Matrix() => new(["positive", "negative"],
        Enumerable.Range(0, 4).Where(i => _counts[i] > 0).ToDictionary(i => (i / 2, i % 2), i => _counts[i]), areNamed: true, isBinary: true);

    /// <summary>The rows in the order of their scores; an error where one of the two classes is missing.</summary>
    internal Ranking Ranking()
    {
        if (_ranking is not null) return _ranking;
        var ranking = new Ranking(_scores, _positive, _weights);
        if (ranking.Positives == 0 || ranking.Negatives == 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"Evaluate: all {RowCount} rows are {(ranking.Positives > 0 ? "positive" : "negative")}; the area under the ROC curve needs rows of both classes. TrainTestSplit with a stratificationColumnName keeps both in the test set."));
        return _ranking = ranking;
    }
}
