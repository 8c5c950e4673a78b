using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Calibrators;

/// <summary>What a calibrator of two classes learns from: scores that a model gave to labelled rows, all finite.</summary>
/// <param name="Scores">One per row.</param>
/// <param name="IsPositive">Which rows are positive.</param>
/// <param name="Weights">How much each row counts; <see langword="null"/> when all count the same.</param>
internal sealed record ScoredExamples(float[] Scores, bool[] IsPositive, float[]? Weights = null)
{
    internal int Count => Scores.Length;

    internal double WeightOf(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>Reads the columns that a calibrator was named, whose types have been checked.</summary>
    /// <exception cref="MLPipelinesException">There are no rows, rows of one class only, or a score or weight that cannot be used.</exception>
    internal static ScoredExamples Read(IDataView data, string calibrator, string labelColumn, string scoreColumn, string? weightColumn)
    {
        BatchView view = BatchView.Of(data);
        DataViewSchema.Column label = view.Schema[labelColumn], score = view.Schema[scoreColumn];
        DataViewSchema.Column? weight = weightColumn is null ? null : view.Schema[weightColumn];
        List<float> labels = [], scores = [], weights = [];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, weight is { } w ? [label, score, w] : [label, score]));
        while (cursor.Next() is { } batch)
        {
            NumberReader.Append(batch[label.Index], label, labels);
            Append(batch, score, scores, float.IsFinite, "a finite number. Features that are NaN make such scores; ReplaceMissingValues fills them in");
            if (weight is { } column) Append(batch, column, weights, value => float.IsFinite(value) && value >= 0, "a weight that is not negative");
        }
        var examples = new ScoredExamples([.. scores], [.. labels.Select(value => value > 0)], weight is null ? null : [.. weights]);
        bool[] found = [.. Enumerable.Range(0, examples.Count).Where(row => examples.WeightOf(row) > 0).Select(row => examples.IsPositive[row]).Distinct()];
        return found.Length == 2 ? examples : throw new MLPipelinesException(found.Length == 0
            ? $"{calibrator}: there is nothing to learn from: the data has no row with a score in column '{scoreColumn}' that counts."
            : $"{calibrator}: every row of column '{labelColumn}' is {(found[0] ? "positive" : "negative")}, expected rows of both classes.");

        void Append(Batch batch, DataViewSchema.Column column, List<float> values, Predicate<float> isGood, string expected)
        {
            int first = values.Count;
            NumberReader.Append(batch[column.Index], column, values);
            int bad = values.FindIndex(first, value => !isGood(value));
            if (bad >= 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"{calibrator}: row {bad}, column '{column.Name}': found {values[bad]}, expected {expected}."));
        }
    }
}
