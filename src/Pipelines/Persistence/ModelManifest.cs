using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MLPipelines.Persistence;

/// <summary>What <c>model.json</c> of a model file says.</summary>
public sealed record ModelManifest
{
    /// <summary>The format version that this library writes and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of the library that wrote the file.</summary>
    public string Library { get; init; } = "";

    public IReadOnlyList<ColumnEntry> Input { get; init; } = [];

    public IReadOnlyList<ColumnEntry> Output { get; init; } = [];

    public IReadOnlyList<StepEntry> Chain { get; init; } = [];

    public TrainingRecord? Training { get; init; }

    public IReadOnlyList<FileEntry> Entries { get; init; } = [];

    /// <summary>A column of the input or output.</summary>
    public sealed record ColumnEntry(string Name, string Type, IReadOnlyList<string>? SlotNames = null);

    /// <summary>One transformer of the chain.</summary>
    public sealed record StepEntry(string Folder, string Type, int Version, JsonObject Parameters);

    /// <summary>Another entry of the file.</summary>
    public sealed record FileEntry(string Name, long Bytes, string Sha256);

    internal static ModelManifest Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ModelManifestJson.Default.ModelManifest) ?? throw new JsonException("it is empty");

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ModelManifestJson.Default.ModelManifest);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NewLine = "\n")]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ModelManifestJson : JsonSerializerContext;
