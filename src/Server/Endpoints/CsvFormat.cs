using MLPipelines.Data;
using MLPipelines.Scenarios.Tables;

namespace MLPipelines.Server;

/// <summary>Rows as CSV with a header: read as <c>mlp predict</c> reads a file, and written as it writes one.</summary>
internal sealed class CsvFormat
{
    private const string RowColumn = "__Row", Body = "The body";

    private readonly ServedModel _model;
    private readonly ModelColumns _columns;

    internal CsvFormat(ServedModel model)
    {
        _model = model;
        _columns = new ModelColumns(model.Scorer!.Transformer, model.InputSchema, model.Outputs.Select(column => column.Name));
    }

    /// <summary>Appends all rows of a body.</summary>
    /// <returns>How the rows stood there.</returns>
    /// <exception cref="MLPipelinesException">A column is missing, or the body is no table.</exception>
    internal Lines Read(ReadOnlyMemory<byte> csv, ScoringRows rows)
    {
        if (csv.IsEmpty) throw new RequestProblemException(400, "The body is empty; expected a header and rows of CSV.");
        var source = new StreamSource(new MemoryStream(csv.ToArray(), writable: false), Body);
        DataFile file = DataFile.Open(source, Body, new InputFormat(HasHeader: true), _columns.Needed);
        bool isList = file.Columns.Count == 1;
        TextLoader.Column raw = isList ? file.Column(0, DataKind.String, RowColumn) : file.RawColumn(RowColumn);
        BatchView view = BatchView.Of(file.Load(new MLContext(1), [raw, .. _columns.In(file, _model.Name, Body)]));
        int[] inputs = [.. _model.Inputs.Select(input => view.Schema[input.Name].Index)];
        int rowIndex = view.Schema[RowColumn].Index;
        var lines = new TextColumn();
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, inputs.Append(rowIndex)));
        while (cursor.Next() is { } batch)
        {
            for (int i = 0; i < inputs.Length; i++) rows.Input(i).Append(batch[inputs[i]]);
            lines.Append(batch[rowIndex]);
            rows.AddRows(batch.RowCount);
        }
        return new Lines(isList ? file.Columns[0] : file.FirstRow, lines, isList, isList ? ',' : file.Separator, file.DecimalMark);
    }

    /// <summary>Appends what the model says of rows, each after the row as it stood where it came as CSV.</summary>
    internal void Write(ScoringRows rows, Lines? lines, bool allScores, Stream stream)
    {
        char mark = lines?.DecimalMark ?? '.';
        OutputFields fields = _model.Kind is ModelKind.Other or ModelKind.Forecasting
            ? OutputFields.Of(_model.OutputSchema, _model.Outputs.Select(column => column.Name), mark) : OutputFields.Of(_model.OutputSchema, allScores, _model.Name, mark);
        using var writer = new DelimitedWriter(stream, lines?.Separator ?? ',', leaveOpen: true);
        if (lines is { } header) WriteLine(writer, header.Header, header.IsList);
        foreach (string name in fields.Names) writer.WriteField(name);
        writer.EndRow();
        if (rows.RowCount == 0) return;
        Action<Batch, int, DelimitedWriter> write = fields.Bind(_model.OutputSchema);
        Batch batch = rows.ToBatch();
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (lines is { } kept) WriteLine(writer, kept.Rows[row], kept.IsList);
            write(batch, row, writer);
            writer.EndRow();
        }
    }

    private static void WriteLine(DelimitedWriter writer, ReadOnlySpan<char> line, bool isList)
    {
        if (isList) writer.WriteField(line);
        else writer.WriteRawFields(line);
    }

    /// <summary>The rows of a body as they stood there.</summary>
    internal sealed record Lines(string Header, TextColumn Rows, bool IsList, char Separator, char DecimalMark);
}
