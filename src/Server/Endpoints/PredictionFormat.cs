using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Server;

/// <summary>
/// Writes what a model says of rows as JSON: <c>{"model", "version", "predictions": [{"label", "probability", "alternatives"}]}</c>. What is the same in every answer,
/// names of labels among it, is encoded once.
/// </summary>
internal sealed class PredictionFormat
{
    internal static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ServedModel _model;
    private readonly byte[] _start;
    private readonly byte[][] _labels;
    private readonly Field[] _fields;
    private readonly int _score;

    internal PredictionFormat(ServedModel model)
    {
        _model = model;
        _start = Encoding.UTF8.GetBytes(string.Create(null, $"{{\"model\":\"{model.Name}\",\"version\":{model.Version},\"predictions\":["));
        _labels = [.. model.Labels.Select(label => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(label, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""))];
        _score = PlaceOf(ScoreColumns.Score);
        _fields = model.Kind == ModelKind.Classification ? [] : [.. model.Outputs.Select(Of)];
        Rows = new JsonRowReader(model.InputSchema, model.Inputs);
    }

    /// <summary>Writes a field of a prediction from a row of a column.</summary>
    private delegate void Write(BatchColumn column, int row, Utf8JsonWriter json);

    /// <summary>Reads rows for the model.</summary>
    internal JsonRowReader Rows { get; }

    /// <summary>Appends the answer for all rows.</summary>
    /// <param name="rows">Rows that were scored.</param>
    /// <param name="top">How many labels are ranked.</param>
    /// <param name="buffer">Where it goes.</param>
    internal void WriteAll(ScoringRows rows, int top, ByteBuffer buffer)
    {
        buffer.Write(_start);
        if (_labels.Length > 0) WriteLabels(rows, Math.Min(top, _labels.Length), buffer);
        else WriteFields(rows, buffer);
        buffer.Write("]}\n"u8);
    }

    private void WriteLabels(ScoringRows rows, int top, ByteBuffer buffer)
    {
        if (rows.RowCount == 0) return;
        var scores = (VectorColumn<float>)rows.Output(_score);
        int[]? all = top > 16 ? new int[top] : null;
        Span<int> best = all ?? stackalloc int[Math.Max(top, 1)];
        ulong[] order = all is null ? [] : new ulong[_labels.Length];
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<float> values = scores[row].Values;
            if (all is null) Rank(values, best);
            else RankAll(values, order, best);
            if (row > 0) buffer.Write((byte)',');
            WriteLabel(buffer, values, best, top);
        }
    }

    private static void RankAll(ReadOnlySpan<float> values, ulong[] order, Span<int> best)
    {
        LabelProbability.Order(values, order);
        for (int i = 0; i < best.Length; i++) best[i] = (int)(uint)order[i];
    }

    private void WriteLabel(ByteBuffer buffer, ReadOnlySpan<float> values, ReadOnlySpan<int> best, int top)
    {
        buffer.Write("{\"label\":"u8);
        WriteOne(buffer, values, best[0]);
        if (top > 0)
        {
            buffer.Write(",\"alternatives\":["u8);
            for (int i = 0; i < top; i++)
            {
                buffer.Write(i == 0 ? "{\"label\":"u8 : ",{\"label\":"u8);
                WriteOne(buffer, values, best[i]);
                buffer.Write((byte)'}');
            }
            buffer.Write((byte)']');
        }
        buffer.Write((byte)'}');
    }

    private void WriteOne(ByteBuffer buffer, ReadOnlySpan<float> values, int label)
    {
        buffer.Write(_labels[label]);
        buffer.Write(",\"probability\":"u8);
        buffer.WriteNumber(values[label]);
    }

    /// <summary>The places of the largest values, largest first; of equal ones, the one that comes first.</summary>
    internal static void Rank(ReadOnlySpan<float> values, Span<int> best)
    {
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            if (count == best.Length && !(value > values[best[count - 1]])) continue;
            int place = count < best.Length ? count++ : count - 1;
            for (; place > 0 && value > values[best[place - 1]]; place--) best[place] = best[place - 1];
            best[place] = i;
        }
    }

    private void WriteFields(ScoringRows rows, ByteBuffer buffer)
    {
        if (rows.RowCount == 0) return;
        using var json = new Utf8JsonWriter(buffer, Readable);
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (row > 0)
            {
                json.Flush();
                buffer.Write((byte)',');
                json.Reset();
            }
            json.WriteStartObject();
            for (int i = 0; i < _fields.Length; i++) _fields[i].Write(rows.Output(i), row, json);
            json.WriteEndObject();
        }
        json.Flush();
    }

    private int PlaceOf(string name)
    {
        for (int i = 0; i < _model.Outputs.Count; i++)
            if (_model.Outputs[i].Name == name) return i;
        return -1;
    }

    private Field Of(DataViewSchema.Column column)
    {
        JsonEncodedText name = Encoded(column.Name switch
        {
            ScoreColumns.PredictedLabel => "label",
            TextGenerationTransformer.GeneratedTextColumn => "text",
            string other => other,
        });
        if (ModelKinds.IsAlerts(column)) return Alerts(column.SlotNamesOrNull()!);
        string[]? keys = column.Type is KeyDataViewType && column.Type.RawType == typeof(uint) ? KeyTexts(column) : null;
        return new Field((values, row, json) =>
        {
            switch (values)
            {
                case TextColumn texts: json.WriteString(name, texts[row]); break;
                case ValueColumn<float> numbers: WriteNumber(json, name, numbers.Values[row]); break;
                case ValueColumn<double> numbers: WriteNumber(json, name, numbers.Values[row]); break;
                case ValueColumn<bool> truths: json.WriteBoolean(name, truths.Values[row]); break;
                case ValueColumn<uint> numbers when keys is not null:
                    if (numbers.Values[row] is > 0 and var key) json.WriteString(name, keys[key - 1]);
                    else json.WriteNull(name);
                    break;
                default: WriteObject(json, name, values.GetObject(row)); break;
            }
        });
    }

    private static string[]? KeyTexts(DataViewSchema.Column column) =>
        KeyValues.Of(column) is { } values ? [.. Enumerable.Range(0, values.Count).Select(values.TextOf)] : null;

    /// <summary>What a detector says: Alert as a truth value, the numbers by their names.</summary>
    private static Field Alerts(string[] slots)
    {
        JsonEncodedText[] names = Array.ConvertAll(slots, Encoded);
        return new Field((values, row, json) =>
        {
            ReadOnlySpan<double> numbers = ((VectorColumn<double>)values)[row].Values;
            for (int i = 0; i < numbers.Length; i++)
            {
                if (i == 0 && numbers[i] is 0 or 1) json.WriteBoolean(names[i], numbers[i] == 1);
                else WriteNumber(json, names[i], numbers[i]);
            }
        });
    }

    /// <summary>A name as JSON has them: pValueScore for P-Value Score.</summary>
    internal static JsonEncodedText Encoded(string name)
    {
        string[] words = name.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        string joined = words.Length <= 1 ? name : string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return JsonEncodedText.Encode(char.ToLowerInvariant(joined[0]) + joined[1..], JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    private static void WriteNumber(Utf8JsonWriter json, JsonEncodedText name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static void WriteNumber(Utf8JsonWriter json, JsonEncodedText name, float value)
    {
        if (float.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static void WriteObject(Utf8JsonWriter json, JsonEncodedText name, object? value)
    {
        json.WritePropertyName(name);
        if (value is not Array items)
        {
            WriteValue(json, value);
            return;
        }
        json.WriteStartArray();
        foreach (object? item in items) WriteValue(json, item);
        json.WriteEndArray();
    }

    internal static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or float.NaN or double.NaN or float.PositiveInfinity or float.NegativeInfinity or double.PositiveInfinity or double.NegativeInfinity: json.WriteNullValue(); break;
            case float number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int or short or sbyte or byte or ushort or long: json.WriteNumberValue(Convert.ToInt64(value, null)); break;
            case uint or ulong: json.WriteNumberValue(Convert.ToUInt64(value, null)); break;
            case DateTime time: json.WriteStringValue(time); break;
            case DateTimeOffset time: json.WriteStringValue(time); break;
            default: json.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }

    private readonly record struct Field(Write Write);
}
