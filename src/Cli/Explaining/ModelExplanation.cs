using MLPipelines.Cli.Apply;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Explaining;

/// <summary><c>mlp explain</c>: which columns matter to a model, and what they contributed to the prediction of each row.</summary>
internal sealed class ModelExplanation(CommandHost host, string modelPath, string dataset)
{
    private const string RawPrefix = "__Raw.";
    private const int ShownColumns = 25;

    internal string? LabelColumn { get; init; }

    internal ImportanceKind? Importance { get; init; }

    internal required int Permutations { get; init; }

    /// <summary>How many of the first rows importance is measured on.</summary>
    internal required int MaximumRows { get; init; }

    /// <summary>Where the importance goes as CSV.</summary>
    internal string? Output { get; init; }

    /// <summary>Where the contributions of rows go as CSV.</summary>
    internal string? Rows { get; init; }

    /// <summary>How many columns of each row; 0 for all.</summary>
    internal required int Top { get; init; }

    internal InputFormat Format { get; init; } = new();

    internal bool Json { get; init; }

    internal int Run()
    {
        if (Json && (Rows == "-" || Output == "-")) throw new UsageException("--json: standard output takes the JSON; name files with --output and --rows.");
        if (Directory.Exists(dataset)) throw new UsageException($"--dataset: {dataset} is a folder, expected a file.");
        var stages = new Stages();
        var context = new MLContext(1) { CancellationToken = host.Cancellation };
        TrainingRecord? record = context.Model.Inspect(modelPath).Training;
        string? trainedOn = record?.Properties.GetValueOrDefault("labelColumn");
        ITransformer model = context.Model.Load(modelPath, out DataViewSchema schema);
        if (!model.IsRowToRowMapper || RecommendationModel.Of(model) is not null || ForecastingModel.Of(model) is not null)
            throw new UsageException($"{modelPath} does not predict from the columns of a table: explaining is for models of 'mlp train classification' and the like.");
        var labelled = new LabelledRows(context, model, schema, modelPath, record);
        DataFile file = DataFile.Open(dataset, Format, host, labelled.Columns.Needed);
        string? label = LabelColumn ?? (trainedOn is not null && file.Find(trainedOn) is not null ? trainedOn : null);
        ImportanceKind kind = Importance ?? (label is not null ? ImportanceKind.Permutation : ImportanceKind.Contribution);
        ExplainedModel? explained = ExplainedModel.Of(model, schema);
        Check(kind, label, explained, file);

        DataViewSchema? scored = explained?.Chain.GetOutputSchema(schema);
        FeatureSources? sources = explained is null ? null : new FeatureSources(explained.Parts.Select(part => scored![part.FeatureColumn]), labelled.Columns.Needed);
        IDataView rows = kind == ImportanceKind.Permutation ? labelled.Load(file, label!) : file.Load(context, labelled.Columns.In(file, modelPath));
        var some = new CachedView(BatchView.Of(context.Data.TakeRows(rows, MaximumRows)));
        stages.End("load");
        List<ColumnImportance> importance;
        Evaluation? before = null;
        using (var progress = ProgressDisplay.For(host))
        {
            progress.Stage($"measuring on {dataset}");
            if (kind == ImportanceKind.Permutation) before = labelled.Measure(some);
            importance = kind switch
            {
                ImportanceKind.Permutation => ImportanceMeasure.Permutation(labelled, some, labelled.MainMetric, Permutations, before!, context.Data.Environment),
                ImportanceKind.Contribution => ImportanceMeasure.Contribution(explained!, some, sources!, host.Cancellation),
                _ => ImportanceMeasure.Splits(explained!, sources!, kind == ImportanceKind.Gain),
            };
        }
        importance = [.. importance.OrderByDescending(column => column.Importance)];
        stages.End("importance");
        if (Output is not null) WriteImportance(importance);
        long? written = Rows is null ? null : WriteRows(context, labelled, file, explained!, sources!);
        stages.End("rows");
        Tell(Report.For(host, Json || Rows == "-" || Output == "-"), kind, labelled.MainMetric.Name, before, importance, written);
        if (Json) WriteJson(kind, labelled.MainMetric.Name, before, importance, written, stages);
        return Faults.Success;
    }

    private void Check(ImportanceKind kind, string? label, ExplainedModel? explained, DataFile file)
    {
        if (kind == ImportanceKind.Permutation && label is null)
            throw new UsageException($"--importance permutation needs the right answers: {file.Name} does not have the column that {modelPath} predicts; --label-col names one. {file.Listing()}");
        bool needsContributions = Rows is not null || kind == ImportanceKind.Contribution;
        if (needsContributions && explained?.HasContributions != true)
            throw new UsageException($"{(Rows is not null ? "--rows" : "--importance contribution")}: the score of {modelPath}{(explained is null ? "" : $" ({explained.Kind})")} is no sum of what columns contribute; "
                + "that of linear models and trees is. --importance permutation works for every model.");
        if (kind is ImportanceKind.Gain or ImportanceKind.Splits && explained?.IsOfTrees != true)
            throw new UsageException($"--importance {kind.ToString().ToLowerInvariant()}: {modelPath} is no model of trees. --importance permutation works for every model.");
    }

    private void WriteImportance(List<ColumnImportance> importance)
    {
        using var target = new OutputFile(Output!, host);
        using (var writer = new DelimitedWriter(target.Stream, Format.Separator ?? ',', leaveOpen: true))
        {
            writer.WriteRow("column", "importance", "standardError");
            foreach (ColumnImportance column in importance)
            {
                writer.WriteField(column.Column);
                writer.WriteField(column.Importance);
                if (double.IsNaN(column.StandardError)) writer.WriteField("");
                else writer.WriteField(column.StandardError);
                writer.EndRow();
            }
        }
        target.Complete();
    }

    /// <summary>One line per row and column, the largest contributions of a row first.</summary>
    private long WriteRows(MLContext context, LabelledRows labelled, DataFile file, ExplainedModel explained, FeatureSources sources)
    {
        // Fields as they stand in the file, beside what they are read as.
        string[] raw = [.. sources.Names.Select(name => file.Find(name) is null ? "" : RawPrefix + name)];
        IDataView rows = file.Load(context, [.. labelled.Columns.In(file, modelPath), .. sources.Names.Where(name => file.Find(name) is not null)
            .Select(name => file.Column(file.Find(name)!.Value, DataKind.String, RawPrefix + name))]);
        DataViewSchema scored = explained.Chain.GetOutputSchema(rows.Schema);
        int[] places = [.. raw.Select(name => name.Length == 0 ? -1 : scored[name].Index)];
        int[] order = [.. Enumerable.Range(0, places.Length)];
        int shown = Top == 0 ? order.Length : Math.Min(Top, order.Length);
        long count;
        using var target = new OutputFile(Rows!, host);
        using (var writer = new DelimitedWriter(target.Stream, Format.Separator ?? ',', leaveOpen: true))
        {
            writer.WriteRow("row", "prediction", "score", "base", "column", "value", "contribution");
            count = new RowExplainer(explained, rows, sources).ForEach([.. raw.Where(name => name.Length > 0)], (row, batch, place) =>
            {
                double[] contributions = row.Contributions;
                Array.Sort(order, (a, b) => Math.Abs(contributions[b]).CompareTo(Math.Abs(contributions[a])) is not 0 and var difference ? difference : a.CompareTo(b));
                foreach (int column in order.AsSpan(0, shown))
                {
                    writer.WriteField(row.Row);
                    writer.WriteField(row.Prediction);
                    writer.WriteField((float)row.Score);
                    writer.WriteField((float)row.Base);
                    writer.WriteField(sources.Names[column]);
                    writer.WriteField(places[column] < 0 ? "" : ((TextColumn)batch[places[column]])[place]);
                    writer.WriteField((float)contributions[column]);
                    writer.EndRow();
                }
            }, host.Cancellation);
        }
        if (count == 0) throw new MLPipelinesException($"{file.Name} has a header and no rows.");
        target.Complete();
        return count;
    }

    private void Tell(Report report, ImportanceKind kind, string metric, Evaluation? before, List<ColumnImportance> importance, long? written)
    {
        string title = kind switch
        {
            ImportanceKind.Permutation => $"How much worse {metric} is ({Figures.Metric(before!.Metrics.First(pair => pair.Key == metric).Value)} on {Figures.Count(before.Rows, "row")} of {dataset}) when a column's values are dealt out to other rows",
            ImportanceKind.Contribution => "Mean size of what a column contributes to the score of a row",
            ImportanceKind.Gain => "Share of the gain of all splits",
            _ => "Share of all splits",
        };
        var table = kind == ImportanceKind.Permutation && Permutations > 1 ? new TextTable(title, "column", "#importance", "#±") : new TextTable(title, "column", "#importance");
        foreach (ColumnImportance column in importance.Take(ShownColumns))
        {
            if (table.Heads.Count == 3) table.Add(column.Column, Shown(column.Importance), Figures.Metric(column.StandardError));
            else table.Add(column.Column, Shown(column.Importance));
        }
        report.Table(table);
        if (importance.Count > ShownColumns) report.Line($"{importance.Count - ShownColumns} more columns matter less; --output FILE lists all.");
        if (written is { } rows) report.Line($"Contributions to {Figures.Count(rows, "prediction")}: {Rows}");
    }

    /// <summary>What rounds to nothing has no sign.</summary>
    private static string Shown(double importance) => Figures.Metric(Math.Abs(importance) < 5e-5 ? 0 : importance);

    private void WriteJson(ImportanceKind kind, string metric, Evaluation? before, List<ColumnImportance> importance, long? written, Stages stages) => JsonLine.Write(host.Out, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("command", "explain");
        writer.WriteString("model", modelPath);
        writer.WriteString("kind", kind.ToString().ToLowerInvariant());
        if (before is not null) writer.WriteString("metric", metric);
        writer.WriteStartObject("rows");
        if (before is not null) writer.WriteNumber("measured", before.Rows);
        if (written is { } rows) writer.WriteNumber("explained", rows);
        writer.WriteEndObject();
        if (before is not null) writer.WriteNumbers("metrics", before.Metrics);
        writer.WriteNumbers("importance", importance.Select(column => KeyValuePair.Create(column.Column, column.Importance)));
        writer.WriteNumbers("seconds", [new("load", stages["load"]), new("importance", stages["importance"]), new("rows", stages["rows"]), new("total", stages.Total)], digits: 4);
        writer.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
        writer.WriteEndObject();
    });
}
