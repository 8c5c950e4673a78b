using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLPipelines.SearchSpace;

/// <summary>Parameters as JSON. A number that JSON has not (infinite, NaN) is written as text.</summary>
internal static class ParameterJson
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Parameter parameter, bool sorted)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_plain)) Write(writer, parameter, sorted);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter writer, Parameter parameter, bool sorted)
    {
        switch (parameter.Value)
        {
            case null: writer.WriteNullValue(); break;
            case long whole: writer.WriteNumberValue(whole); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case double number: writer.WriteStringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case string text: writer.WriteStringValue(text); break;
            case List<Parameter> list:
                writer.WriteStartArray();
                foreach (Parameter item in list) Write(writer, item, sorted);
                writer.WriteEndArray();
                break;
            case Dictionary<string, Parameter> named:
                writer.WriteStartObject();
                foreach ((string name, Parameter value) in sorted ? named.OrderBy(pair => pair.Key, StringComparer.Ordinal) : named.AsEnumerable())
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, sorted);
                }
                writer.WriteEndObject();
                break;
        }
    }

    public static Parameter Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new MLPipelinesException($"Expected a parameter as JSON, found \"{(json.Length > 60 ? json[..60] + "…" : json)}\": {e.Message}", e);
        }
    }

    public static Parameter Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Parameter.CreateNestedParameter([.. element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Read(member.Value)))]),
        JsonValueKind.Array => Parameter.FromList([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.String => Parameter.FromString(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? Parameter.FromLong(whole) : Parameter.FromDouble(element.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => Parameter.FromBool(element.GetBoolean()),
        _ => Parameter.Nothing,
    };

    /// <summary>A hash that does not change between processes and machines; never negative.</summary>
    public static int StableHash(string text)
    {
        uint hash = 31;
        foreach (char c in text) hash = ((hash << 5) + hash) ^ c;
        return (int)(hash >> 1);
    }
}

/// <summary>Lets <see cref="JsonSerializer"/> read and write parameters.</summary>
internal sealed class ParameterJsonConverter : JsonConverter<Parameter>
{
    public override Parameter Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return ParameterJson.Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Parameter value, JsonSerializerOptions options) => ParameterJson.Write(writer, value, sorted: false);
}
