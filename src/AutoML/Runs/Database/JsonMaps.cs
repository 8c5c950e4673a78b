using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLPipelines.AutoML.Runs.Database;

/// <summary>Names and values as one JSON object, in order: how parameters and metrics lie in a column.</summary>
internal static class JsonMaps
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(IReadOnlyDictionary<string, string> texts) => Written(json =>
    {
        foreach (var (name, value) in texts) json.WriteString(name, value);
    });

    /// <summary>Numbers that are not finite are left out: JSON has none.</summary>
    internal static string Of(IReadOnlyDictionary<string, double> numbers) => Written(json =>
    {
        foreach (var (name, value) in numbers) if (double.IsFinite(value)) json.WriteNumber(name, value);
    });

    internal static Dictionary<string, string> Texts(string json) => Read(json, value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());

    internal static Dictionary<string, double> Numbers(string json) =>
        Read(json, value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString() ?? "NaN", CultureInfo.InvariantCulture));

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static Dictionary<string, T> Read<T>(string json, Func<JsonElement, T> value)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (JsonProperty property in document.RootElement.EnumerateObject()) map[property.Name] = value(property.Value);
        return map;
    }
}
