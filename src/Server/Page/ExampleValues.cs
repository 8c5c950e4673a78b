using System.Globalization;
using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Drift;

namespace MLPipelines.Server;

/// <summary>Values that a column may have, from what the model file keeps of its training: a number in the middle, the most frequent category.</summary>
internal sealed class ExampleValues(DataProfile? profile)
{
    private const int ShownCategories = 50;

    private readonly Dictionary<string, ColumnSketch> _sketches = (profile?.Inputs ?? []).DistinctBy(sketch => sketch.Name).ToDictionary(sketch => sketch.Name, StringComparer.Ordinal);

    /// <summary>A value of a column.</summary>
    internal void Write(Utf8JsonWriter json, string name, DataViewType type)
    {
        switch (_sketches.GetValueOrDefault(name))
        {
            case { Kind: ColumnSketch.Number, Edges: { Count: > 0 } edges, Counts: { } counts } sketch when type is NumberDataViewType && counts.Count == edges.Count + 1:
                double middle = Middle(edges, counts);
                // The bounds between a few whole numbers are none.
                WriteNumber(json, type, IsWhole(sketch.Minimum) && IsWhole(sketch.Maximum) ? Math.Floor(middle) : middle);
                break;
            case { Kind: ColumnSketch.Number, Minimum: { } least } when type is NumberDataViewType:
                WriteNumber(json, type, least);
                break;
            case { Kind: ColumnSketch.Category, Categories.Count: > 0 } sketch when type is TextDataViewType or KeyDataViewType:
                json.WriteStringValue(Frequent(sketch).First());
                break;
            default:
                WriteAny(json, type);
                break;
        }
    }

    /// <summary>What is known of a column's values, for forms: categories, and the range of numbers.</summary>
    internal void WriteAbout(Utf8JsonWriter json, string name, DataViewType type)
    {
        if (!_sketches.TryGetValue(name, out ColumnSketch? sketch)) return;
        if (sketch is { Kind: ColumnSketch.Category, Categories.Count: > 0 } && type is not BooleanDataViewType)
        {
            json.WriteStartArray("examples");
            foreach (string category in Frequent(sketch).Take(ShownCategories)) json.WriteStringValue(category);
            json.WriteEndArray();
        }
        else if (sketch is { Kind: ColumnSketch.Number, Minimum: { } least, Maximum: { } most } && type is NumberDataViewType)
        {
            json.WriteString("description", string.Create(CultureInfo.InvariantCulture, $"In training from {least:G6} to {most:G6}."));
        }
        else if (sketch.Kind == ColumnSketch.Text)
        {
            json.WriteString("x-widget", "text");
        }
    }

    internal static void WriteAny(Utf8JsonWriter json, DataViewType type)
    {
        switch (type)
        {
            case BooleanDataViewType: json.WriteBooleanValue(value: true); break;
            case NumberDataViewType: json.WriteNumberValue(0); break;
            case DateTimeDataViewType or DateTimeOffsetDataViewType: json.WriteStringValue("2026-01-31T12:00:00"); break;
            case TextDataViewType: json.WriteStringValue("Where is my parcel? It was to come last week."); break;
            default: json.WriteStringValue(""); break;
        }
    }

    private static bool IsWhole(double? value) => value is { } number && number == Math.Floor(number);

    private static IEnumerable<string> Frequent(ColumnSketch sketch) => sketch.Categories!.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);

    private static double Middle(IReadOnlyList<double> edges, IReadOnlyList<long> counts)
    {
        long half = counts.Sum() / 2, sum = counts[0];
        int bin = 0;
        while (sum < half && bin + 1 < edges.Count) sum += counts[++bin];
        return edges[bin];
    }

    private static void WriteNumber(Utf8JsonWriter json, DataViewType type, double value)
    {
        // As people write numbers.
        if (type.RawType == typeof(double) || type.RawType == typeof(float)) json.WriteNumberValue(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        else json.WriteNumberValue((long)Math.Round(value));
    }
}
