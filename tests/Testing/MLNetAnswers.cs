using System.Globalization;
using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Testing;

/// <summary>
/// What ML.NET answers for a model: a file of <c>mlnet-zips/expected</c>, whose README.md says how it was made. Its rows go through a model, and every column that it has an answer for is compared.
/// </summary>
public sealed class MLNetAnswers : IDisposable
{
    private readonly JsonDocument _document;
    private readonly double _tolerance;

    private readonly double _absolute;

    private MLNetAnswers(JsonDocument document, double tolerance, double absolute) => (_document, _tolerance, _absolute) = (document, tolerance, absolute);

    private JsonElement Root => _document.RootElement;

    /// <param name="path">The file of answers.</param>
    /// <param name="absolute">What a number may be off by whatever its size.</param>
    public static MLNetAnswers Open(string path, double absolute = 0)
    {
        JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        // Trees add up float leaves in another order, and series go through many steps.
        bool isRough = document.RootElement.GetProperty("components").EnumerateArray().Any(name =>
            name.GetString() is { } component && (component.StartsWith("FastTree", StringComparison.Ordinal) || component.StartsWith("FastForest", StringComparison.Ordinal)
                || component.StartsWith("LightGBM", StringComparison.Ordinal) || component.StartsWith("Ssa", StringComparison.Ordinal) || component.StartsWith("Iid", StringComparison.Ordinal)));
        return new MLNetAnswers(document, isRough ? 1e-4 : 1e-5, absolute);
    }

    /// <summary>The calls of an engine; absent for other models.</summary>
    public JsonElement? EngineCalls => Root.TryGetProperty("timeSeriesEngine", out JsonElement calls) ? calls : null;

    /// <summary>The lines of a text file, for a model that is only a loader.</summary>
    public string[]? InputLines => Root.TryGetProperty("inputLines", out JsonElement lines) ? [.. lines.EnumerateArray().Select(line => line.GetString()!)] : null;

    public bool HasOutputs => Root.TryGetProperty("outputs", out JsonElement outputs) && outputs.GetArrayLength() > 0;

    /// <summary>The input rows as a view, with what a model's schema knows of the columns.</summary>
    public IDataView Rows(DataViewSchema known)
    {
        var builder = new DataViewSchema.Builder();
        foreach (JsonElement column in Root.GetProperty("inputSchema").EnumerateArray())
        {
            string name = column.GetProperty("name").GetString()!;
            DataViewType type = TypeOf(column);
            builder.AddColumn(name, type, known.GetColumnOrNull(name) is { } same && same.Type.Equals(type) ? same.Annotations : null);
        }
        DataViewSchema schema = builder.ToSchema();
        BatchColumn[] columns = [.. schema.Select(column => BatchColumn.Create(column.Type))];
        foreach (JsonElement row in Root.GetProperty("rows").EnumerateArray())
            for (int i = 0; i < columns.Length; i++) Append(columns[i], row.GetProperty(schema[i].Name));
        return new BlockView(schema, [columns]);
    }

    /// <summary>What differs between rows and the answers, in words; nothing where all agree.</summary>
    public List<string> Differences(IDataView answers)
    {
        List<string> differences = [];
        JsonElement outputs = Root.GetProperty(Root.TryGetProperty("outputsWithoutAvx", out _) ? "outputsWithoutAvx" : "outputs");
        foreach (string name in outputs[0].EnumerateObject().Select(property => property.Name))
        {
            if (answers.Schema.GetColumnOrNull(name) is not { } column)
            {
                differences.Add($"{name}: absent");
                continue;
            }
            BatchColumn values = BatchView.Of(answers).ReadColumns(column.Index)[0];
            KeyValues? keys = RawTypes.AnyItemTypeOf(column.Type) is KeyDataViewType ? KeyValues.Of(column) : null;
            if (values.RowCount != outputs.GetArrayLength()) differences.Add($"{name}: {values.RowCount} rows, expected {outputs.GetArrayLength()}");
            for (int row = 0; row < Math.Min(values.RowCount, outputs.GetArrayLength()); row++)
                if (Difference(outputs[row].GetProperty(name), values.GetObject(row), keys) is { } difference) differences.Add($"{name}[{row}]: {difference}");
        }
        return differences;
    }

    public string? Difference(JsonElement expected, object? found, KeyValues? keys = null)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False: return found is bool flag && flag == expected.GetBoolean() ? null : $"{found}, expected {expected}";
            case JsonValueKind.Number: return Number(Convert.ToDouble(found, CultureInfo.InvariantCulture), expected.GetDouble());
            case JsonValueKind.String when found is string text: return text == expected.GetString() ? null : $"'{text}', expected '{expected.GetString()}'";
            case JsonValueKind.String: return Number(Convert.ToDouble(found, CultureInfo.InvariantCulture), Special(expected.GetString()!));
            case JsonValueKind.Array: return Items([.. expected.EnumerateArray()], found as Array ?? Array.Empty<object>(), expected.GetArrayLength(), keys);
            case JsonValueKind.Object when expected.TryGetProperty("key", out JsonElement key): return Key(key, expected, found, keys);
            case JsonValueKind.Object: return Vector(expected, found as Array ?? Array.Empty<object>(), keys);
            default: return $"{expected.ValueKind} is not compared";
        }
    }

    private static string? Key(JsonElement key, JsonElement expected, object? found, KeyValues? keys)
    {
        ulong raw = Convert.ToUInt64(found, CultureInfo.InvariantCulture);
        if (raw != key.GetUInt64()) return $"key {raw}, expected {key}";
        if (!expected.TryGetProperty("text", out JsonElement text) || raw == 0) return null;
        string? name = keys is not null && raw <= (ulong)keys.Count ? keys.TextOf((int)raw - 1) : null;
        bool isSame = text.ValueKind switch
        {
            JsonValueKind.Null => name is null,
            JsonValueKind.Number => name is not null && double.Parse(name, CultureInfo.InvariantCulture).Equals(text.GetDouble()),
            _ => name == text.ToString(),
        };
        return isSame ? null : $"key {raw} means '{name}', expected '{text}'";
    }

    private string? Vector(JsonElement expected, Array found, KeyValues? keys)
    {
        if (found.Length != expected.GetProperty("length").GetInt32()) return $"{found.Length} items, expected {expected.GetProperty("length")}";
        if (Items([.. expected.GetProperty("values").EnumerateArray()], found, found.Length, keys) is { } difference) return difference;
        if (expected.TryGetProperty("firstNonzero", out JsonElement pairs))
        {
            foreach (JsonElement pair in pairs.EnumerateArray())
                if (Difference(pair[1], found.GetValue(pair[0].GetInt32())) is { } at) return $"[{pair[0]}] {at}";
        }
        if (!expected.TryGetProperty("l2", out JsonElement l2) || l2.ValueKind != JsonValueKind.Number) return null;
        double[] numbers = [.. found.Cast<object>().Select(item => Convert.ToDouble(item, CultureInfo.InvariantCulture))];
        if (expected.TryGetProperty("nonzero", out JsonElement count) && numbers.Count(x => x != 0) != count.GetInt32()) return $"{numbers.Count(x => x != 0)} items that are not 0, expected {count}";
        // A sum may be a small difference of large items: what it may be off by is that of the items.
        double sum = numbers.Sum(), off = Math.Abs(sum - expected.GetProperty("sum").GetDouble());
        return off <= _tolerance * Math.Max(numbers.Sum(Math.Abs), 1e-30) ? Number(Math.Sqrt(numbers.Sum(x => x * x)), l2.GetDouble()) is { } length ? $"length {length}" : null : $"sum {sum}, expected {expected.GetProperty("sum")}";
    }

    private string? Items(JsonElement[] expected, Array found, int length, KeyValues? keys)
    {
        if (found.Length != length) return $"{found.Length} items, expected {length}";
        for (int i = 0; i < expected.Length; i++)
            if (Difference(expected[i], found.GetValue(i), keys) is { } difference) return $"[{i}] {difference}";
        return null;
    }

    private string? Number(double found, double expected) =>
        found.Equals(expected) || Math.Abs(found - expected) <= _tolerance * Math.Abs(expected) + _absolute ? null : string.Create(CultureInfo.InvariantCulture, $"{found:R}, expected {expected:R}");

    private static double Special(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static DataViewType TypeOf(JsonElement column)
    {
        string name = column.GetProperty("type").GetString()!;
        PrimitiveDataViewType item = name switch
        {
            "Text" => TextDataViewType.Instance,
            "Boolean" => BooleanDataViewType.Instance,
            "Key<UInt32>" => new KeyDataViewType(typeof(uint), column.GetProperty("keyCount").GetUInt64()),
            _ => NumberDataViewType.All.Single(type => type.RawType.Name == name),
        };
        return column.TryGetProperty("vectorSize", out JsonElement size) ? new VectorDataViewType(item, size.GetInt32()) : item;
    }

    private static void Append(BatchColumn column, JsonElement value)
    {
        switch (column)
        {
            case ValueColumn<float> numbers: numbers.Append((float)NumberOf(value)); break;
            case ValueColumn<double> numbers: numbers.Append(NumberOf(value)); break;
            case ValueColumn<int> numbers: numbers.Append(value.GetInt32()); break;
            case ValueColumn<long> numbers: numbers.Append(value.GetInt64()); break;
            case ValueColumn<uint> keys: keys.Append(value.GetUInt32()); break;
            case ValueColumn<bool> flags: flags.Append(value.GetBoolean()); break;
            case TextColumn texts: texts.Append(value.GetString()); break;
            case TextVectorColumn texts:
                foreach (JsonElement text in value.EnumerateArray()) texts.AppendItem(text.GetString());
                texts.EndRow();
                break;
            case VectorColumn<double> vectors: vectors.Append([.. value.EnumerateArray().Select(NumberOf)]); break;
            case VectorColumn<float> vectors:
                float[] dense;
                if (value.ValueKind == JsonValueKind.Array) dense = [.. value.EnumerateArray().Select(item => (float)NumberOf(item))];
                else
                {
                    dense = new float[value.GetProperty("length").GetInt32()];
                    foreach (var (index, item) in value.GetProperty("indices").EnumerateArray().Zip(value.GetProperty("values").EnumerateArray())) dense[index.GetInt32()] = (float)NumberOf(item);
                }
                vectors.Append(dense);
                break;
            default: throw new NotSupportedException(column.GetType().Name);
        }
    }

    private static double NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? Special(value.GetString()!) : value.GetDouble();

    public void Dispose() => _document.Dispose();
}
