using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MLPipelines.Persistence;

/// <summary>What <c>model.json</c> of a model file says.</summary>
public sealed record ModelManifest
{
    /// <summary>The format version that this library writes and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format of a file that ML.NET wrote: its components are listed as the chain, and entries have no hashes.</summary>
    public const int MLNetFormat = 0;

    public required int Format { get; init; }

    /// <summary>The version of the library that wrote the file.</summary>
    public required string Library { get; init; }

    public required IReadOnlyList<ColumnEntry> Input { get; init; }

    public required IReadOnlyList<ColumnEntry> Output { get; init; }

    public required IReadOnlyList<StepEntry> Chain { get; init; }

    public TrainingRecord? Training { get; init; }

    public required IReadOnlyList<FileEntry> Entries { get; init; }

    /// <summary>A column of the input or output; of an input key column, also how what its categories mean was written.</summary>
    public sealed record ColumnEntry(string Name, string Type, IReadOnlyList<string>? SlotNames = null, JsonObject? KeyValues = null);

    /// <summary>One transformer of the chain.</summary>
    public sealed record StepEntry(string Folder, string Type, int Version, JsonObject Parameters);

    /// <summary>Another entry of the file.</summary>
    public sealed record FileEntry(string Name, long Bytes, string Sha256);

    /// <exception cref="JsonException">The text is not JSON, or a member is missing or of another type.</exception>
    internal static ModelManifest Parse(ReadOnlySpan<byte> json)
    {
        ModelManifest manifest = JsonSerializer.Deserialize(json, ModelManifestJson.Default.ModelManifest) ?? throw new JsonException("it is empty");
        RequireItems(manifest.Input, "input");
        RequireItems(manifest.Output, "output");
        RequireItems(manifest.Chain, "chain");
        RequireItems(manifest.Entries, "entries");
        foreach (ColumnEntry column in manifest.Input.Concat(manifest.Output))
            if (column.SlotNames is not null) RequireItems(column.SlotNames, "slotNames");
        if (manifest.Training?.Profile is { } profile)
        {
            RequireItems(profile.Inputs, "inputs");
            RequireItems(profile.Outputs, "outputs");
        }
        return manifest;
    }

    // The serializer checks members, but not the items of lists.
    private static void RequireItems<T>(IReadOnlyList<T> items, string name) where T : class
    {
        if (items.Contains(null)) throw new JsonException($"the list '{name}' has an item that is null");
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Readable.ModelManifest);

    /// <summary>Labels and n-grams in any script, and the &lt; of types, as they are: people read the file, and no browser does.</summary>
    private static readonly ModelManifestJson Readable =
        new(new JsonSerializerOptions(ModelManifestJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NewLine = "\n",
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ModelManifestJson : JsonSerializerContext;
