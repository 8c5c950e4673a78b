using System.Globalization;
using System.Text.Json;

namespace MLPipelines.Pretraining;

/// <summary>A file of a cached model.</summary>
/// <param name="Path">Its path within the model's folder, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 when it was added, in hexadecimal digits.</param>
public sealed record CachedFile(string Path, long Bytes, string Sha256);

/// <summary>A model of the cache.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Sources">Where it came from; user names, passwords and keys are left out.</param>
/// <param name="AddedAt">When it was added, in universal time.</param>
/// <param name="Files">What it consists of, sorted by path.</param>
public sealed record CachedModel(string Name, IReadOnlyList<string> Sources, DateTime AddedAt, IReadOnlyList<CachedFile> Files)
{
    /// <summary>The file of a model's folder that says all this.</summary>
    internal const string RecordFile = "mlp-model.json";

    private const int Version = 1;

    /// <summary>The length of all files together.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    internal void Write(string folder)
    {
        using FileStream stream = File.Create(Path.Combine(folder, RecordFile));
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("name", Name);
        json.WriteString("added", AddedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteStartArray("from");
        foreach (string source in Sources) json.WriteStringValue(source);
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (CachedFile file in Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <exception cref="MLPipelinesException">The record is not there or cannot be read.</exception>
    internal static CachedModel Read(string folder)
    {
        string record = Path.Combine(folder, RecordFile), name = Path.GetFileName(folder);
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(record));
            JsonElement root = json.RootElement;
            if (root.GetProperty("version").GetInt32() != Version) throw new MLPipelinesException($"The cached model {name} was added by another version of this library. Add it again: mlp models add {name} --from …");
            return new CachedModel(name, [.. root.GetProperty("from").EnumerateArray().Select(source => source.GetString()!)],
                DateTime.Parse(root.GetProperty("added").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
                [.. root.GetProperty("files").EnumerateArray().Select(file => new CachedFile(file.GetProperty("path").GetString()!, file.GetProperty("bytes").GetInt64(), file.GetProperty("sha256").GetString()!))]);
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new MLPipelinesException($"{record}, which says what the cached model {name} consists of, cannot be read: {e.Message} Add the model again: mlp models add {name} --from …", e);
        }
    }
}
