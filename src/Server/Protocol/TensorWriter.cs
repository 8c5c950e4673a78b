using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Server;

/// <summary>Writes what a model says of rows as tensors.</summary>
internal sealed class TensorWriter
{
    private readonly ServedModel _model;
    private readonly byte[][] _heads;
    private readonly TensorType[] _types;
    private readonly string[]?[] _keys;

    internal TensorWriter(ServedModel model)
    {
        _model = model;
        _types = [.. model.Outputs.Select(column => TensorType.Of(column.Type))];
        _heads = [.. model.Outputs.Select((column, i) => Encoding.UTF8.GetBytes($"{{\"name\":{Quoted(column.Name)},\"datatype\":\"{_types[i].Name}\",\"shape\":["))];
        _keys = [.. model.Outputs.Select(column => column.Type is KeyDataViewType && KeyValues.Of(column) is { } values ? Enumerable.Range(0, values.Count).Select(values.TextOf).ToArray() : null)];
    }

    /// <exception cref="RequestProblemException">An output that is wanted is not there.</exception>
    internal void Write(InferenceRequest request, ScoringRows rows, ByteBuffer buffer)
    {
        buffer.Write(Encoding.UTF8.GetBytes($"{{\"model_name\":{Quoted(_model.Name)},\"model_version\":\"{_model.Version}\","));
        if (request.Id is { } id) buffer.Write(Encoding.UTF8.GetBytes($"\"id\":{Quoted(id)},"));
        buffer.Write("\"outputs\":["u8);
        bool isFirst = true;
        foreach (int place in Wanted(request))
        {
            if (!isFirst) buffer.Write((byte)',');
            isFirst = false;
            buffer.Write(_heads[place]);
            buffer.WriteNumber(rows.RowCount);
            if (_types[place].Size != 0)
            {
                buffer.Write((byte)',');
                buffer.WriteNumber(_types[place].Size > 0 ? _types[place].Size : LongestOf(rows.Output(place), rows.RowCount));
            }
            buffer.Write("],\"data\":["u8);
            WriteData(rows.Output(place), rows.RowCount, _keys[place], buffer);
            buffer.Write("]}"u8);
        }
        buffer.Write("]}\n"u8);
    }

    /// <summary>Says whether all outputs that are wanted are there, before anything is computed.</summary>
    internal IEnumerable<int> Wanted(InferenceRequest request)
    {
        if (request.Outputs is not { Count: > 0 } names) return Enumerable.Range(0, _types.Length);
        return [.. names.Select(name => Enumerable.Range(0, _types.Length).FirstOrDefault(i => _model.Outputs[i].Name == name, -1) is >= 0 and var place ? place
            : throw new RequestProblemException(400, $"{_model.Name} has no output '{name}'. Its outputs are: {string.Join(", ", _model.Outputs.Select(column => column.Name))}."))];
    }

    private static int LongestOf(BatchColumn column, int rows) => rows == 0 ? 0 : Enumerable.Range(0, rows).Max(row => column.GetObject(row) is Array items ? items.Length : 1);

    private static void WriteData(BatchColumn column, int rows, string[]? keys, ByteBuffer buffer)
    {
        switch (column)
        {
            case ValueColumn<float> numbers: WriteNumbers(numbers.Values[..rows], buffer); break;
            case ValueColumn<double> numbers: WriteNumbers(numbers.Values[..rows], buffer); break;
            case VectorColumn<float> { IsDense: true } vectors: WriteNumbers(vectors.Values, buffer); break;
            case VectorColumn<double> { IsDense: true } vectors: WriteNumbers(vectors.Values, buffer); break;
            default: WriteObjects(column, rows, keys, buffer); break;
        }
    }

    private static void WriteNumbers<T>(ReadOnlySpan<T> values, ByteBuffer buffer) where T : IUtf8SpanFormattable, INumber<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0) buffer.Write((byte)',');
            buffer.WriteNumber(values[i]);
        }
    }

    private static void WriteObjects(BatchColumn column, int rows, string[]? keys, ByteBuffer buffer)
    {
        using var json = new Utf8JsonWriter(buffer, PredictionFormat.Readable);
        bool isFirst = true;
        for (int row = 0; row < rows; row++)
        {
            object? value = column.GetObject(row);
            foreach (object? item in value is Array items ? items.Cast<object?>() : [value])
            {
                // The list is the buffer's, not the writer's.
                if (!isFirst)
                {
                    json.Flush();
                    buffer.Write((byte)',');
                    json.Reset();
                }
                isFirst = false;
                PredictionFormat.WriteValue(json, item is uint key && keys is not null ? key is > 0 && key <= keys.Length ? keys[key - 1] : "" : item);
            }
        }
        json.Flush();
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
