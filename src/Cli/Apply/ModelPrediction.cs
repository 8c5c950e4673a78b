using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.FinancialForecasting;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Apply;

/// <summary><c>mlp predict</c>: rows go through a model in runs of a few thousand, so that memory does not grow with the file.</summary>
internal sealed class ModelPrediction(CommandHost host, string modelPath, string? dataset, string output, bool allScores, InputFormat format, bool json)
{
    private const string RowColumn = "__Row";

    /// <summary>A file of what a forecaster observes first.</summary>
    internal string? Observations { get; init; }

    /// <summary>How many steps ahead to forecast; as trained when left out.</summary>
    internal int? Horizon { get; init; }

    /// <summary>The column of a table that holds the paths of pictures.</summary>
    internal string? PathColumn { get; init; }

    internal int Run()
    {
        if (json && output == "-") throw new UsageException("--json: standard output takes the rows; name a file with --output.");
        var stages = new Stages();
        var context = new MLContext(1) { CancellationToken = host.Cancellation };
        ITransformer model = context.Model.Load(modelPath, out DataViewSchema schema);
        if (ImageModel.Is(schema)) return PredictPictures(context, model, schema, stages);
        if (Directory.Exists(dataset)) throw new UsageException($"--dataset: {dataset} is a folder, expected a file.");
        if (FinancialModel.Of(model) is { } financial)
        {
            if (dataset is not null) throw new UsageException($"--dataset: {modelPath} forecasts financial lines and writes what comes next; --observations FILE gives it later periods.");
            return WriteForecasts(target => StatementPrediction.Write(financial, Observations, format, Horizon, target), stages);
        }
        string[]? forecasts = null;
        if (ForecastingModel.Of(model) is { } forecaster)
        {
            forecaster = Observed(context, forecaster, schema);
            if (dataset is null) return WriteForecasts(target => ForecastWriting.Write(forecaster, Horizon, target.Stream, format.Separator ?? ',', host.Cancellation), stages);
            forecasts = ForecastWriting.ColumnNames(forecaster);
            model = AtRows(forecaster, forecasts);
        }
        else if (Observations is not null || Horizon is not null)
            throw new UsageException($"{(Observations is null ? "--horizon" : "--observations")}: {modelPath} is no forecaster of series.");
        if (dataset is null) throw NoDataset();
        DataViewSchema predicted = model.GetOutputSchema(schema);
        var columns = new ModelColumns(model, schema, FieldsOf(predicted, schema, forecasts, '.').Columns);
        DataFile file = DataFile.Open(dataset, format, host, columns.Needed);
        var fields = FieldsOf(predicted, schema, forecasts, file.DecimalMark);
        // A file of one column has no separator to keep, and may hold any character outside of quotes.
        bool isList = file.Columns.Count == 1;
        char separator = !isList ? file.Separator : format.Separator ?? ',';
        TextLoader.Column row = isList ? file.Column(0, DataKind.String, RowColumn) : file.RawColumn(RowColumn);
        IDataView source = file.Load(context, [row, .. columns.In(file, modelPath)]);
        stages.End("load");
        Write(model, source, fields, file.HasHeader ? writer => WriteHeader(writer, file, isList) : null, isList, separator, () => $"{file.Name} has a header and no rows.", stages);
        return Faults.Success;
    }

    /// <summary>Pictures have no rows: what is written is their path, or the row of a table of paths.</summary>
    private int PredictPictures(MLContext context, ITransformer model, DataViewSchema schema, Stages stages)
    {
        if (Observations is not null || Horizon is not null) throw new UsageException($"{(Observations is null ? "--horizon" : "--observations")}: {modelPath} is no forecaster of series.");
        var (pictures, table) = ImageModel.Open(dataset ?? throw NoDataset(), PathColumn, format, host, context);
        var fields = FieldsOf(model.GetOutputSchema(schema), schema, null, table?.DecimalMark ?? '.');
        bool isList = table is null || table.Columns.Count == 1;
        char separator = isList ? format.Separator ?? ',' : table!.Separator;
        IDataView source = context.Transforms.CopyColumns(RowColumn, ImageRows.PathColumn).Fit(pictures).Transform(pictures);
        stages.End("load");
        Action<DelimitedWriter>? writeHeader = table is null ? writer => writer.WriteField("path") : table.HasHeader ? writer => WriteHeader(writer, table, isList) : null;
        Write(model, source, fields, writeHeader, isList, separator, () => $"{dataset}: no picture can be read. {(pictures.Problems is [var first, ..] ? first : "")}", stages);
        if (ImageFiles.Unreadable(pictures.Problems) is { } told) host.Error.WriteLine(told);
        return Faults.Success;
    }

    private void Write(ITransformer model, IDataView source, OutputFields fields, Action<DelimitedWriter>? writeHeader, bool isList, char separator, Func<string> whenEmpty, Stages stages)
    {
        long rows = 0;
        using var progress = output == "-" && host.OutIsTerminal ? null : ProgressDisplay.For(host);
        using (var target = new OutputFile(output, host))
        {
            if (writeHeader is not null)
            {
                using var writer = new DelimitedWriter(target.Stream, separator, leaveOpen: true);
                writeHeader(writer);
                foreach (string field in fields.Names) writer.WriteField(field);
                writer.EndRow();
            }
            DataViewSchema scored = model.GetOutputSchema(source.Schema);
            int[] outputs = [.. fields.Columns.Append(RowColumn).Select(name => scored[name].Index)];
            Func<Func<Batch, RowsAsText>> finish = () => Finish(fields, scored, isList, separator);
            foreach (RowsAsText written in model.IsRowToRowMapper ? InParallel(source, model, outputs, finish) : InOrder(source, model, outputs, finish()))
            {
                target.Stream.Write(written.Bytes);
                rows += written.Count;
                progress?.Count($"{Figures.Count(rows)} rows predicted");
            }
            if (rows == 0) throw new MLPipelinesException(whenEmpty());
            host.Cancellation.ThrowIfCancellationRequested();
            target.Complete();
        }
        stages.End("predict");
        progress?.Dispose();
        Tell(rows, stages);
    }

    private IEnumerable<RowsAsText> InParallel(IDataView source, ITransformer model, int[] outputs, Func<Func<Batch, RowsAsText>> finish)
    {
        using var batches = new ParallelBatches<RowsAsText>(BatchView.Of(source), model, outputs, Environment.ProcessorCount, finish, host.Cancellation);
        while (batches.TryNext(out RowsAsText written)) yield return written;
    }

    /// <summary>One run of rows after the other: what a row gives depends on those before it.</summary>
    private IEnumerable<RowsAsText> InOrder(IDataView source, ITransformer model, int[] outputs, Func<Batch, RowsAsText> finish)
    {
        BatchView scored = BatchView.Of(model.Transform(source));
        using BatchCursor cursor = scored.OpenBatches(ColumnSet.Of(scored.Schema, outputs));
        while (cursor.Next() is { } batch)
        {
            host.Cancellation.ThrowIfCancellationRequested();
            yield return finish(batch);
        }
    }

    private OutputFields FieldsOf(DataViewSchema predicted, DataViewSchema input, string[]? forecasts, char decimalMark) =>
        forecasts is null ? OutputFields.Of(predicted, allScores, modelPath, decimalMark, input) : OutputFields.Of(predicted, forecasts, decimalMark);

    private SeriesForecastingTransformer Observed(MLContext context, SeriesForecastingTransformer forecaster, DataViewSchema schema)
    {
        if (Observations is null) return forecaster;
        forecaster = forecaster.Observe(ForecastingModel.Rows(context, forecaster, schema, Observations, format, host, modelPath), out long unknown);
        if (unknown > 0) host.Error.WriteLine($"{Figures.Count(unknown, "row")} of {Observations} left out: {modelPath} does not know {(unknown == 1 ? "its" : "their")} series.");
        return forecaster;
    }

    private ITransformer AtRows(SeriesForecastingTransformer forecaster, string[] names)
    {
        if (Horizon is not null) throw new UsageException("--horizon: with --dataset, the times of its rows say how far ahead is forecast.");
        if (!forecaster.HasTimes) throw new UsageException($"--dataset: {modelPath} was trained without times, so that rows have none to be forecast for. Without --dataset it writes what comes next.");
        return forecaster.AtRows(names[0], names[1], names[2]);
    }

    private int WriteForecasts(Func<OutputFile, long> write, Stages stages)
    {
        stages.End("load");
        long rows;
        using (var target = new OutputFile(output, host))
        {
            rows = write(target);
            target.Complete();
        }
        stages.End("predict");
        Tell(rows, stages);
        return Faults.Success;
    }

    private static UsageException NoDataset() => new("Option '--dataset' is required. See 'mlp predict --help'.");

    private static void WriteHeader(DelimitedWriter writer, DataFile file, bool isList)
    {
        if (isList) writer.WriteField(file.Columns[0]);
        else writer.WriteRawFields(file.FirstRow);
    }

    /// <summary>Makes, for one thread, what turns scored rows into text.</summary>
    private static Func<Batch, RowsAsText> Finish(OutputFields fields, DataViewSchema scored, bool isList, char separator)
    {
        var memory = new MemoryStream();
        var writer = new DelimitedWriter(memory, separator, leaveOpen: true);
        Action<Batch, int, DelimitedWriter> write = fields.Bind(scored);
        int rowIndex = scored[RowColumn].Index;
        return batch =>
        {
            memory.SetLength(0);
            var rows = (TextColumn)batch[rowIndex];
            for (int row = 0; row < batch.RowCount; row++)
            {
                if (isList) writer.WriteField(rows[row]);
                else writer.WriteRawFields(rows[row]);
                write(batch, row, writer);
                writer.EndRow();
            }
            writer.Flush();
            return new RowsAsText(memory, batch.RowCount);
        };
    }

    private void Tell(long rows, Stages stages)
    {
        if (json)
        {
            JsonLine.Write(host.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("command", "predict");
                writer.WriteString("model", modelPath);
                writer.WriteString("output", output);
                writer.WriteStartObject("rows");
                writer.WriteNumber("predicted", rows);
                writer.WriteEndObject();
                writer.WriteNumbers("seconds", [new("load", stages["load"]), new("predict", stages["predict"]), new("total", stages.Total)], digits: 4);
                writer.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
                writer.WriteEndObject();
            });
            return;
        }
        string done = $"{Figures.Count(rows, "row")} predicted in {Figures.Seconds(stages.Total)}";
        if (output == "-") host.Error.WriteLine($"{done}.");
        else host.Out.WriteLine($"{done}: {output}");
    }

    /// <summary>Rows as they are written, valid until the next ones are made.</summary>
    private readonly struct RowsAsText(MemoryStream memory, int count)
    {
        internal ReadOnlySpan<byte> Bytes => memory.GetBuffer().AsSpan(0, (int)memory.Length);

        internal int Count { get; } = count;
    }
}
