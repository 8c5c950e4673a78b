using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Scenarios.Tables;

/// <summary>Writes the fields that a prediction adds to a row.</summary>
internal sealed class OutputFields
{
    // A longer vector would be more fields than anybody reads.
    private const int MostSlots = 64;

    private readonly List<Field> _fields = [];
    private readonly char _decimalMark;

    private OutputFields(char decimalMark) => _decimalMark = decimalMark;

    /// <summary>Writes one or several fields of a row.</summary>
    private delegate void Write(Batch batch, int row, DelimitedWriter writer);

    /// <summary>The names of the fields.</summary>
    internal IReadOnlyList<string> Names => [.. _fields.SelectMany(added => added.Names)];

    /// <summary>The columns of the model's output that they are made of.</summary>
    internal IReadOnlyList<string> Columns => [.. _fields.Select(added => added.Column).Distinct()];

    /// <summary>PredictedLabel, Probability, and Score where it is one number; what a detector of anomalies says, by the names of its slots; or GeneratedText.</summary>
    /// <param name="output">The model's output.</param>
    /// <param name="allScores">Whether each label's score is a field as well.</param>
    /// <param name="modelPath">For messages.</param>
    /// <param name="decimalMark">What separates the decimals of numbers: the same as in the input, so that one program reads both.</param>
    /// <param name="input">The model's input: of a model that gives none of these, such as a forecaster, the numbers that it makes of it are fields.</param>
    internal static OutputFields Of(DataViewSchema output, bool allScores, string modelPath, char decimalMark = '.', DataViewSchema? input = null)
    {
        var fields = new OutputFields(decimalMark);
        if (output.GetColumnOrNull("PredictedLabel") is { } label) fields.Add(label, fields.WriterOf(label));
        if (output.GetColumnOrNull("Probability") is { Type: NumberDataViewType } probability) fields.Add(probability, fields.WriterOf(probability));
        if (output.GetColumnOrNull("Score") is { } score)
        {
            if (score.Type is not VectorDataViewType) fields.Add(score, fields.WriterOf(score));
            else if (score.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType.Equals(NumberDataViewType.Single)) fields.AddScores(score, vector.Size, allScores);
        }
        foreach (DataViewSchema.Column column in output)
            if (column.Type is VectorDataViewType { IsKnownSize: true } numbers && numbers.ItemType.Equals(NumberDataViewType.Double) && column.SlotNamesOrNull() is ["Alert", ..] names) fields.AddNumbers(column, names);
        if (output.GetColumnOrNull(TextGenerationTransformer.GeneratedTextColumn) is { Type: TextDataViewType } text) fields.Add(text, fields.WriterOf(text));
        if (fields._fields.Count == 0 && input is not null) fields.AddMade(output, input);
        if (fields._fields.Count == 0)
            throw new MLPipelinesException($"{modelPath} makes no predictions: its output has neither PredictedLabel nor Score nor alerts. Its columns are: {output}.");
        return fields;
    }

    /// <summary>Columns that are fields as they are.</summary>
    internal static OutputFields Of(DataViewSchema output, IEnumerable<string> columns, char decimalMark)
    {
        var fields = new OutputFields(decimalMark);
        foreach (string name in columns) fields.AddColumn(output[name]);
        return fields;
    }

    /// <summary>Binds the fields to where the columns are in a schema.</summary>
    internal Action<Batch, int, DelimitedWriter> Bind(DataViewSchema schema)
    {
        Write[] writes = [.. _fields.Select(field => field.Bind(schema[field.Column].Index))];
        return (batch, row, writer) =>
        {
            foreach (Write write in writes) write(batch, row, writer);
        };
    }

    private void AddScores(DataViewSchema.Column score, int size, bool all)
    {
        _fields.Add(new Field(score.Name, ["Probability"], index => (batch, row, writer) =>
        {
            float most = float.NegativeInfinity;
            foreach (float value in ((VectorColumn<float>)batch[index])[row].Values) most = MathF.Max(most, value);
            Number(writer, most);
        }));
        if (!all) return;
        string[] labels = score.SlotNamesOrNull() ?? [.. Enumerable.Range(0, size).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        _fields.Add(new Field(score.Name, [.. labels.Select(label => $"Score.{label}")], index => (batch, row, writer) =>
        {
            foreach (float value in ((VectorColumn<float>)batch[index])[row].Values) Number(writer, value);
        }));
    }

    /// <summary>Numbers and short vectors of them that are no columns of the input.</summary>
    private void AddMade(DataViewSchema output, DataViewSchema input)
    {
        foreach (DataViewSchema.Column column in output.Where(column => !column.IsHidden && input.GetColumnOrNull(column.Name) is null))
            if (column.Type is NumberDataViewType || (column.Type is VectorDataViewType { ItemType: NumberDataViewType } vector && HasFields(vector))) AddColumn(column);
    }

    /// <summary>A field for a value, one for each slot of a short vector, and one for all items of any other, with spaces between.</summary>
    private void AddColumn(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
        {
            Add(column, WriterOf(column));
            return;
        }
        if (!HasFields(vector))
        {
            Add(column, index => (batch, row, writer) => writer.WriteField(string.Join(' ', ItemsOf(batch[index], row).Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))));
            return;
        }
        string[] slots = column.SlotNamesOrNull() ?? [.. Enumerable.Range(1, vector.Size).Select(slot => slot.ToString(CultureInfo.InvariantCulture))];
        _fields.Add(new Field(column.Name, [.. slots.Select(slot => $"{column.Name}.{slot}")], index => (batch, row, writer) =>
        {
            foreach (object item in ItemsOf(batch[index], row))
            {
                if (item is float single) Number(writer, single);
                else if (item is double number) Number(writer, number);
                else writer.WriteField(Convert.ToString(item, CultureInfo.InvariantCulture));
            }
        }));
    }

    private static bool HasFields(VectorDataViewType vector) => vector is { IsKnownSize: true, Size: <= MostSlots };

    private static IEnumerable<object> ItemsOf(BatchColumn vectors, int row) => ((Array)vectors.GetObject(row)!).Cast<object>();

    /// <summary>A field for each slot; empty where it is NaN, as for a missing value.</summary>
    private void AddNumbers(DataViewSchema.Column column, string[] names) => _fields.Add(new Field(column.Name, names, index => (batch, row, writer) =>
    {
        foreach (double value in ((VectorColumn<double>)batch[index])[row].Values)
        {
            if (double.IsNaN(value)) writer.WriteField("");
            else Number(writer, value);
        }
    }));

    private void Add(DataViewSchema.Column column, Func<int, Write> bind) => _fields.Add(new Field(column.Name, [column.Name], bind));

    private Func<int, Write> WriterOf(DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType) return index => (batch, row, writer) => writer.WriteField(((TextColumn)batch[index])[row]);
        if (column.Type is BooleanDataViewType) return index => (batch, row, writer) => writer.WriteField(((ValueColumn<bool>)batch[index]).Values[row]);
        if (column.Type.Equals(NumberDataViewType.Double)) return index => (batch, row, writer) => Number(writer, ((ValueColumn<double>)batch[index]).Values[row]);
        if (column.Type.Equals(NumberDataViewType.Single)) return index => (batch, row, writer) => Number(writer, ((ValueColumn<float>)batch[index]).Values[row]);
        if (column.Type is KeyDataViewType && KeyValues.Of(column) is { } values)
        {
            string[] texts = [.. Enumerable.Range(0, values.Count).Select(values.TextOf)];
            return index => (batch, row, writer) => writer.WriteField(((ValueColumn<uint>)batch[index]).Values[row] is > 0 and var key ? texts[key - 1] : "");
        }
        return index => (batch, row, writer) => writer.WriteField(Convert.ToString(batch[index].GetObject(row), CultureInfo.InvariantCulture));
    }

    private void Number<T>(DelimitedWriter writer, T value) where T : ISpanFormattable, System.Numerics.IFloatingPoint<T>
    {
        if (_decimalMark == '.' || T.IsNaN(value))
        {
            writer.WriteField(value);
            return;
        }
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        text[..length].Replace('.', _decimalMark);
        writer.WriteField(text[..length]);
    }

    private sealed record Field(string Column, IReadOnlyList<string> Names, Func<int, Write> Bind);
}
