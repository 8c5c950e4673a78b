using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLPipelines.Server;

/// <summary>How the versions of a model are asked for.</summary>
public sealed class ModelSettings
{
    /// <summary>The version that an alias stands for: <c>name@production</c>. The alias <c>default</c> is what <c>name</c> alone means.</summary>
    public IDictionary<string, int> Aliases { get; set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A version that scores what others answer, to be compared with them; <see langword="null"/> for none.</summary>
    public ShadowSettings? Shadow { get; set; }
}

/// <summary>Traffic that a second version scores as well, after the answer has gone out.</summary>
public sealed class ShadowSettings
{
    /// <summary>The version.</summary>
    public int Version { get; set; }

    /// <summary>The share of requests, from 0 to 1. Default: 0.1.</summary>
    public double Share { get; set; } = 0.1;

    /// <summary>How far numbers may be apart, as a share of the larger one, to count as the same. Default: 0.01.</summary>
    public double Tolerance { get; set; } = 0.01;
}

/// <summary>Reads <c>models.json</c>: names of models with their settings.</summary>
internal static class ModelSettingsFile
{
    internal const string Name = "models.json";

    /// <exception cref="MLPipelinesException">The file cannot be understood.</exception>
    internal static Dictionary<string, ModelSettings> Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelSettingsJson.Default.DictionaryStringModelSettings) ?? [];
        }
        catch (JsonException e)
        {
            throw new MLPipelinesException($"{path} cannot be read: {e.Message} Expected names of models with their settings, such as {{\"tickets\": {{\"aliases\": {{\"production\": 2}}}}}}.", e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Dictionary<string, ModelSettings>))]
internal sealed partial class ModelSettingsJson : JsonSerializerContext;
