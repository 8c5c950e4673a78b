using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.AutoML;

/// <summary>The rows of an experiment in memory: those with a label, and how they are dealt out to learning and validation.</summary>
internal sealed class PreparedTable
{
    private const int MostRowsToCross = 20_000, MostValidationRows = 20_000, DefaultFolds = 5;

    private PreparedTable(TableLabel label, IDataView rows, IReadOnlyList<TablePart> parts)
    {
        (Label, Rows, Parts) = (label, rows, parts);
        DataViewSchema.Column column = rows.Schema[label.Column];
        ValidationRows[] answers = [.. parts.Select(part => part.Answers)];
        All = answers.Length == 1 ? answers[0] : new ValidationRows(answers[0].Task, column, [.. answers.SelectMany(part => part.Labels)],
            answers[0].Groups is null ? null : [.. answers.SelectMany(part => part.Groups!)]);
    }

    internal TableLabel Label { get; }

    /// <summary>All rows with a label that the winner learns from: those that parts were made of, without rows that were given to validate with.</summary>
    internal IDataView Rows { get; }

    internal IReadOnlyList<TablePart> Parts { get; }

    /// <summary>The answers of all parts, one part after the other.</summary>
    internal ValidationRows All { get; }

    /// <summary>The rows that each trial learns from.</summary>
    internal long TrainingRows => Parts[0].TrainRows;

    internal static PreparedTable Of(MLContext context, TabularExperimentOptions options, IDataView data, IDataView? validation)
    {
        IDataView cached = context.Data.Cache(data);
        TableLabel label = TableLabel.Of(context, options, cached);
        var (rows, count) = Labelled(context, label, cached, options.LabelColumn, label.Column);
        CheckLabels(options, BatchView.Of(rows), label);
        var parts = validation is not null ? Given(context, options, label, rows, count, validation) : Dealt(context, options, label, rows, count);
        return new PreparedTable(label, rows, parts);
    }

    /// <summary>The rows that have a label, with the columns made of it, held in memory.</summary>
    private static (IDataView Rows, int Count) Labelled(MLContext context, TableLabel label, IDataView data, string name, string column)
    {
        BatchView view = BatchView.Of(label.Apply(context, data));
        DataViewSchema.Column source = view.Schema[column];
        List<float> labels = [];
        List<int> rows = [];
        LabelReader.Append(view.ReadColumns(source.Index)[0], source, labels, rows);
        long all = RowCounting.Count(data);
        if (rows.Count == 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"None of the {all} rows has a label in column '{name}'."));
        int bad = labels.FindIndex(float.IsInfinity);
        if (bad >= 0) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"Row {rows[bad]}, column '{name}': found {labels[bad]}, expected a finite number."));
        return (rows.Count == all ? view : new RowSelectionView(view, () => Pick(rows), rowCount: () => rows.Count), rows.Count);
    }

    private static RowSelector Pick(List<int> rows)
    {
        int next = 0;
        long start = 0;
        return (batch, selected) =>
        {
            for (; next < rows.Count && rows[next] < start + batch.RowCount; next++) selected.Add((int)(rows[next] - start));
            start += batch.RowCount;
            return next < rows.Count;
        };
    }

    private static void CheckLabels(TabularExperimentOptions options, BatchView rows, TableLabel label)
    {
        if (options.Task != AutoMLTask.Classification) return;
        DataViewSchema.Column column = rows.Schema[label.Column];
        ReadOnlySpan<uint> keys = ((ValueColumn<uint>)rows.ReadColumns(column.Index)[0]).Values;
        if (!keys.ContainsAnyExcept(keys[0])) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"Column '{options.LabelColumn}' has only one label, '{KeyValues.Of(column)?.TextOf((int)keys[0] - 1)}', in {keys.Length} rows; expected at least two different labels."));
    }

    private static TablePart[] Given(MLContext context, TabularExperimentOptions options, TableLabel label, IDataView rows, int count, IDataView validation)
    {
        // The classes are those of the training rows: the same steps, learned from them.
        IDataView labelled = label.Steps.Count == 0 ? validation : Follow(context, label, rows, context.Data.Cache(validation));
        return [new TablePart(rows, context.Data.Cache(labelled), count, Answers(options, rows.Schema, label, BatchView.Of(labelled)))];
    }

    private static IDataView Follow(MLContext context, TableLabel label, IDataView rows, IDataView validation) =>
        label.Steps.Aggregate(validation, (view, step) => step.Create(context).Fit(rows).Transform(view));

    private static TablePart[] Dealt(MLContext context, TabularExperimentOptions options, TableLabel label, IDataView rows, int count)
    {
        string? together = options.GroupColumn is null ? null : label.GroupColumn, alike = together is null && options.Task == AutoMLTask.Classification ? label.Column : null;
        int folds = options.Folds ?? (count <= MostRowsToCross && options.TimeLimit is not { TotalSeconds: < 20 } ? DefaultFolds : 0);
        if (options.Folds is null && folds > 0 && count < 2 * folds) folds = Math.Max(2, count / 2);
        var splits = folds >= 2 ? context.Data.CrossValidationSplit(rows, folds, together, stratificationColumnName: alike)
            : [context.Data.TrainTestSplit(rows, Math.Min(0.2, MostValidationRows / (double)count), together, stratificationColumnName: alike)];
        return [.. splits.Select(split =>
        {
            IDataView train = context.Data.Cache(split.TrainSet), test = context.Data.Cache(split.TestSet);
            ValidationRows answers = Answers(options, rows.Schema, label, BatchView.Of(test));
            return new TablePart(train, test, count - answers.Labels.Length, answers);
        })];
    }

    private static ValidationRows Answers(TabularExperimentOptions options, DataViewSchema schema, TableLabel label, BatchView test)
    {
        DataViewSchema.Column column = test.Schema[label.Column];
        List<float> labels = [];
        List<int> rows = [];
        LabelReader.Append(test.ReadColumns(column.Index)[0], column, labels, rows);
        if (labels.Count == 0 || labels.Count != RowCounting.Count(test))
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{RowCounting.Count(test) - labels.Count} validation rows have no label in column '{options.LabelColumn}', or one that no training row has."));
        uint[]? groups = options.Task == AutoMLTask.Ranking ? ((ValueColumn<uint>)test.ReadColumns(test.Schema[label.GroupColumn!].Index)[0]).Values.ToArray() : null;
        return new ValidationRows(options.Task, schema[label.Column], [.. labels], groups);
    }
}

/// <summary>Rows to learn from, and rows to validate with.</summary>
internal sealed record TablePart(IDataView Train, IDataView Test, int TrainRows, ValidationRows Answers);
