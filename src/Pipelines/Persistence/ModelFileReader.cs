using System.Security.Cryptography;
using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Persistence.MLNet;

namespace MLPipelines.Persistence;

/// <summary>
/// Reads a model file. It runs no code from the file; whatever does not fit what the manifest says is an error that names the
/// entry, and nothing is half loaded.
/// </summary>
internal sealed class ModelFileReader
{
    private const long MaximumManifestBytes = 64 << 20;

    private readonly string _source;
    private readonly byte[] _file;

    private ModelFileReader(string source, byte[] file) => (_source, _file) = (source, file);

    internal static ModelFileReader Open(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"Model file '{path}' not found.", path);
        return new ModelFileReader(path, File.ReadAllBytes(path));
    }

    internal static ModelFileReader Open(Stream stream, string source)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return new ModelFileReader(source, memory.ToArray());
    }

    /// <param name="file">The bytes of the file.</param>
    /// <param name="source">What messages call it.</param>
    internal static ModelFileReader Open(byte[] file, string source) => new(source, file);

    internal ModelManifest ReadManifest()
    {
        using (ComponentArchive? components = ComponentArchive.OpenOrNull(_source, _file))
            if (components is not null) return MLNetModel.Describe(components);
        using var archive = new ModelArchive(_source, _file);
        return ReadManifest(archive);
    }

    internal ITransformer Load(out DataViewSchema input)
    {
        using (ComponentArchive? components = ComponentArchive.OpenOrNull(_source, _file))
        {
            if (components is not null)
            {
                MLNetModel loaded = MLNetModel.Load(components);
                input = loaded.Input;
                return loaded.Model;
            }
        }
        using var archive = new ModelArchive(_source, _file);
        ModelManifest manifest = ReadManifest(archive);
        var kinds = manifest.Chain.Select(KindOf).ToList();
        Dictionary<string, byte[]> entries = ReadEntries(archive, manifest);
        input = ModelSchema.ToSchema(_source, manifest.Input, entries);
        var steps = new List<ITransformer>();
        foreach (var (step, kind) in manifest.Chain.Zip(kinds))
            steps.Add(LoadStep(step, kind, entries));
        ITransformer model = steps.Count == 1 ? steps[0] : new TransformerChain<ITransformer>(steps);
        if (input.Count > 0) CheckFit(model, input);
        return model;
    }

    private ITransformer LoadStep(ModelManifest.StepEntry step, ModelStepKind kind, Dictionary<string, byte[]> entries)
    {
        var reader = new StepPartsReader(_source, step.Folder, step.Version, step.Parameters, entries);
        try
        {
            return kind.Load(reader);
        }
        catch (Exception e) when (IsAboutContent(e))
        {
            throw new MLPipelinesException($"{_source}: step '{step.Folder}' cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>Each step must be able to work with what the steps before it make of the input.</summary>
    private void CheckFit(ITransformer model, DataViewSchema input)
    {
        try
        {
            model.GetOutputSchema(input);
        }
        catch (Exception e) when (IsAboutContent(e) || e is MLPipelinesException)
        {
            throw new MLPipelinesException($"{_source}: the steps of the model do not fit each other or its input: {e.Message}", e);
        }
    }

    internal static bool IsAboutContent(Exception e) =>
        e is ArgumentException or FormatException or ArithmeticException or IndexOutOfRangeException or InvalidOperationException or NotSupportedException;

    private ModelStepKind KindOf(ModelManifest.StepEntry step)
    {
        ModelStepKind kind = ModelStepTable.Find(step.Type) ?? (OtherAssemblies.Load(step.Type) ? ModelStepTable.Find(step.Type) : null) ?? throw new MLPipelinesException(
            $"{_source}: step '{step.Folder}' is of type '{step.Type}', which {(OtherAssemblies.NameOf(step.Type) is { } assembly ? $"is read by the assembly {assembly}; add a reference to it" : $"is not known. If it belongs to another assembly, register it with {nameof(ModelStepTable)} first")}.");
        return step.Version >= 1 && step.Version <= kind.NewestVersion ? kind : throw new MLPipelinesException(
            $"{_source}: step '{step.Folder}' is of version {step.Version}; this library reads up to version {kind.NewestVersion} of '{step.Type}'. Update the library.");
    }

    private ModelManifest ReadManifest(ModelArchive archive)
    {
        byte[] json = archive.Read(ModelFile.ManifestName, expectedBytes: null, MaximumManifestBytes);
        try
        {
            // The format version alone is read first: a newer format may have changed everything else.
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("format", out JsonElement format)
                    || format.ValueKind != JsonValueKind.Number || !format.TryGetInt32(out int version) || version < 1)
                    throw new MLPipelinesException($"{_source}: entry '{ModelFile.ManifestName}' does not say which format the file has.");
                if (version > ModelManifest.CurrentFormat)
                    throw new MLPipelinesException($"{_source} has format {version}; this library reads up to format {ModelManifest.CurrentFormat}. Update the library.");
            }
            return ModelManifest.Parse(json);
        }
        catch (JsonException e)
        {
            throw new MLPipelinesException($"{_source}: entry '{ModelFile.ManifestName}' cannot be read: {e.Message}", e);
        }
    }

    private Dictionary<string, byte[]> ReadEntries(ModelArchive archive, ModelManifest manifest)
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (ModelManifest.FileEntry entry in manifest.Entries)
        {
            if (!entries.TryAdd(entry.Name, archive.Read(entry.Name, entry.Bytes)))
                throw new MLPipelinesException($"{_source}: entry '{ModelFile.ManifestName}' lists the entry '{entry.Name}' twice.");
        }
        if (archive.Names.FirstOrDefault(name => name != ModelFile.ManifestName && !entries.ContainsKey(name)) is { } stray)
            throw new MLPipelinesException($"{_source}: entry '{stray}' is not listed in {ModelFile.ManifestName}.");
        bool[] isDamaged = new bool[manifest.Entries.Count];
        Parallel.For(0, isDamaged.Length, i => isDamaged[i] = !Convert.ToHexStringLower(SHA256.HashData(entries[manifest.Entries[i].Name]))
            .Equals(manifest.Entries[i].Sha256, StringComparison.OrdinalIgnoreCase));
        int damaged = Array.IndexOf(isDamaged, value: true);
        return damaged < 0 ? entries : throw new MLPipelinesException(
            $"{_source}: entry '{manifest.Entries[damaged].Name}' is damaged: its SHA-256 is not the one that {ModelFile.ManifestName} states.");
    }
}
