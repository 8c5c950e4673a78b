using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLPipelines.Cli.Output;

/// <summary>Writes one JSON object on one line of standard output.</summary>
internal static class JsonLine
{
    // Labels in any script stay readable; the object goes into no web page.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As it is written here, for parts of it in texts.</summary>
    internal static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(TextWriter writer, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact)) write(json);
        writer.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>An object of numbers. What is not a number, such as the log-loss of scores that are no probabilities, is null.</summary>
    internal static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> numbers, int digits = 6)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            if (double.IsFinite(value)) json.WriteNumber(key, Math.Round(value, digits));
            else json.WriteNull(key);
        }
        json.WriteEndObject();
    }
}
