using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLPipelines.Server;

/// <summary>Hashed keys in a file of their own: <c>{"keys": [{"name": "…", "hash": "sha256:…"}]}</c>.</summary>
internal static class ApiKeyFile
{
    internal static List<ApiKey> Read(string path)
    {
        try
        {
            ApiKeyList? list = JsonSerializer.Deserialize(File.ReadAllBytes(path), ApiKeyJson.Default.ApiKeyList);
            foreach (ApiKey key in list?.Keys ?? []) key.HashBytes();
            return list?.Keys ?? [];
        }
        catch (JsonException e)
        {
            throw new MLPipelinesException($"{path} is not a file of API keys: {e.Message} 'mlp serve keys add NAME --file {path}' makes one.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MLPipelinesException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Adds a key, and writes the file whole or not at all; only its owner may read it.</summary>
    /// <exception cref="MLPipelinesException">There is a key of that name.</exception>
    internal static void Add(string path, ApiKey key)
    {
        List<ApiKey> keys = File.Exists(path) ? Read(path) : [];
        if (keys.Exists(other => other.Name == key.Name)) throw new MLPipelinesException($"{path} has a key called '{key.Name}' already. Give the new one another name; when nobody uses the old one any more, remove its line.");
        keys.Add(key);
        string temporary = $"{Path.GetFullPath(path)}.{Guid.NewGuid():n}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options)) JsonSerializer.Serialize(stream, new ApiKeyList { Keys = keys }, ApiKeyJson.Default.ApiKeyList);
        File.Move(temporary, path, overwrite: true);
    }
}

/// <summary>The keys of a file.</summary>
internal sealed class ApiKeyList
{
    public List<ApiKey> Keys { get; set; } = [];
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NewLine = "\n")]
[JsonSerializable(typeof(ApiKeyList))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
