using System.Text;
using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Server;

/// <summary>Reads rows of JSON straight into the columns of a model: one object, a list of them, or <c>{"rows": […]}</c>. Made once per model, for all threads.</summary>
internal sealed class JsonRowReader
{
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 16 };

    private readonly IReadOnlyList<ModelInput> _inputs;
    private readonly byte[][] _names;
    private readonly JsonColumnReader[] _readers;
    private readonly SlotFields? _slots;
    private readonly bool _hasColumnRows, _isUniqueInAnyCase;

    /// <param name="schema">The columns of the model.</param>
    /// <param name="inputs">Those that rows have.</param>
    internal JsonRowReader(DataViewSchema schema, IReadOnlyList<ModelInput> inputs)
    {
        _inputs = inputs;
        _names = [.. inputs.Select(input => Encoding.UTF8.GetBytes(input.Name))];
        _readers = [.. inputs.Select(input => JsonColumnReader.Of(schema[input.SchemaIndex]))];
        _slots = SlotFields.Of(inputs);
        _hasColumnRows = inputs.Any(input => input.Name.Equals("rows", StringComparison.OrdinalIgnoreCase));
        _isUniqueInAnyCase = inputs.Select(input => input.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == inputs.Count;
    }

    /// <summary>Appends all rows of a body.</summary>
    /// <exception cref="RequestProblemException">It is no JSON, or a value is missing or of another type.</exception>
    internal void Read(ReadOnlySpan<byte> json, ScoringRows rows)
    {
        var reader = new Utf8JsonReader(json, Reading);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray) ReadList(ref reader, json, rows);
            else if (!_hasColumnRows && TryEnterRows(ref reader)) ReadEnvelope(ref reader, json, rows);
            else ReadRow(ref reader, json, rows);
            // What stands behind is an error of its own.
            while (reader.Read()) continue;
        }
        catch (JsonException e)
        {
            throw new RequestProblemException(400, json.IsEmpty ? "The body is empty; expected rows of JSON." : string.Create(null,
                $"The body is not JSON that can be read, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber", 2)[0]}"));
        }
    }

    /// <summary>Whether an object has rows in it: then the reader stands at their list.</summary>
    private static bool TryEnterRows(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        Utf8JsonReader ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            bool isRows = ahead.ValueTextEquals("rows"u8);
            ahead.Read();
            if (isRows && ahead.TokenType == JsonTokenType.StartArray)
            {
                reader = ahead;
                return true;
            }
            ahead.Skip();
        }
        return false;
    }

    private void ReadEnvelope(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ScoringRows rows)
    {
        ReadList(ref reader, json, rows);
        // The rest of the object.
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject) reader.Skip();
    }

    private void ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ScoringRows rows)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadRow(ref reader, json, rows);
    }

    private void ReadRow(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ScoringRows rows)
    {
        int row = rows.RowCount;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            int start = (int)reader.TokenStartIndex;
            _slots?.Begin(rows);
            int expected = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int field = FieldAt(ref reader, expected);
                if (field >= 0)
                {
                    reader.Read();
                    if (rows.Input(field).RowCount > row) throw RequestProblemException.At(row, _inputs[field].Name, "it is given twice.");
                    Append(ref reader, rows, row, field);
                    expected = field + 1 < _names.Length ? field + 1 : 0;
                }
                else if (_slots is null || !_slots.TryRead(ref reader, rows, row))
                {
                    reader.Read();
                    reader.Skip();
                }
            }
            _slots?.End(rows, row);
            for (int i = 0; i < _names.Length; i++)
                if (rows.Input(i).RowCount == row) throw Missing(json[start..], row, i);
        }
        else if (_names.Length == 1)
        {
            // Where there is one column only, its name need not be said.
            Append(ref reader, rows, row, 0);
        }
        else
        {
            throw RequestProblemException.At(row, null, $"found {JsonColumnReader.Describe(ref reader)}, expected an object with {Names()}.");
        }
        rows.AddRows();
    }

    private int FieldAt(ref Utf8JsonReader reader, int expected)
    {
        // Most often fields come in the order of the columns.
        if (expected < _names.Length && reader.ValueTextEquals(_names[expected])) return expected;
        for (int i = 0; i < _names.Length; i++)
            if (i != expected && reader.ValueTextEquals(_names[i])) return i;
        // Columns that come from members of C# classes begin with capitals, which JSON does not.
        for (int i = 0; _isUniqueInAnyCase && i < _names.Length; i++)
            if (Ascii.EqualsIgnoreCase(reader.ValueSpan, _names[i])) return i;
        return -1;
    }

    private void Append(ref Utf8JsonReader reader, ScoringRows rows, int row, int field)
    {
        BatchColumn column = rows.Input(field);
        if (reader.TokenType == JsonTokenType.Null)
        {
            column.AppendMissing();
            return;
        }
        Utf8JsonReader value = reader;
        try
        {
            if (_readers[field].TryAppend(ref reader, column)) return;
        }
        catch (MLPipelinesException e)
        {
            throw RequestProblemException.At(row, _inputs[field].Name, e.Message);
        }
        catch (InvalidOperationException)
        {
            throw RequestProblemException.At(row, _inputs[field].Name, "its text is not valid Unicode.");
        }
        throw RequestProblemException.At(row, _inputs[field].Name, $"found {JsonColumnReader.Describe(ref value)}, expected {_readers[field].Expected}.");
    }

    private RequestProblemException Missing(ReadOnlySpan<byte> json, int row, int field)
    {
        List<string> found = [];
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(Reading));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && found.Count < 20)
        {
            found.Add(reader.GetString()!);
            reader.Read();
            reader.TrySkip();
        }
        string name = _inputs[field].Name;
        return RequestProblemException.At(row, name,
            $"it is missing; the model needs {Names()}, found {(found.Count == 0 ? "nothing" : string.Join(", ", found))}.{NearNames.Hint(name, found)} For a value that is not known write null.");
    }

    private string Names() => string.Join(", ", _inputs.Select(input => input.Name));
}
