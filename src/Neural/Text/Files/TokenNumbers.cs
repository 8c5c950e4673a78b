using System.Text.Json;

namespace MLPipelines.Tokenizers;

/// <summary>A JSON object of tokens and their numbers.</summary>
internal static class TokenNumbers
{
    internal static Dictionary<string, int> Read(ReadOnlySpan<byte> json, string name)
    {
        var numbers = new Dictionary<string, int>();
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new MLPipelinesException($"{name}: expected a JSON object of tokens and their numbers.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string token = reader.GetString()!;
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int id) || id < 0)
                    throw new MLPipelinesException($"{name}: the token '{token}' has no number 0, 1, 2, ….");
                if (!numbers.TryAdd(token, id)) throw new MLPipelinesException($"{name}: the token '{token}' is there twice.");
            }
            while (reader.Read()) { }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new MLPipelinesException($"{name}{(e is JsonException { LineNumber: { } line } ? $" line {line + 1}" : "")}: no JSON ({e.Message})", e);
        }
        return numbers;
    }

    internal static void Write(string file, IEnumerable<(string Token, int Id)> tokens)
    {
        using FileStream stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        foreach ((string token, int id) in tokens) writer.WriteNumber(token, id);
        writer.WriteEndObject();
    }
}
