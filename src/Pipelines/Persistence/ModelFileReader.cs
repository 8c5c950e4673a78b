using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines.Persistence;

/// <summary>
/// Reads a model file. It runs no code from the file; whatever does not fit what the manifest says is an error that names the
/// entry, and nothing is half loaded.
/// </summary>
internal sealed class ModelFileReader
{
    /// <summary>The largest entry that is read.</summary>
    internal const long MaximumEntryBytes = 1L << 30;

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

    internal ModelManifest ReadManifest()
    {
        using ZipArchive zip = OpenZip();
        return ReadManifest(zip);
    }

    internal ITransformer Load(out DataViewSchema input)
    {
        using ZipArchive zip = OpenZip();
        ModelManifest manifest = ReadManifest(zip);
        input = ModelSchema.ToSchema(_source, manifest.Input);
        var kinds = manifest.Chain.Select(KindOf).ToList();
        Dictionary<string, byte[]> entries = ReadEntries(zip, manifest);
        var steps = new List<ITransformer>();
        foreach (var (step, kind) in manifest.Chain.Zip(kinds))
            steps.Add(LoadStep(step, kind, entries));
        return steps.Count == 1 ? steps[0] : new TransformerChain<ITransformer>(steps);
    }

    private ITransformer LoadStep(ModelManifest.StepEntry step, ModelStepKind kind, Dictionary<string, byte[]> entries)
    {
        var reader = new StepPartsReader(_source, step.Folder, step.Version, step.Parameters, entries);
        try
        {
            return kind.Load(reader);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new MLPipelinesException($"{_source}: step '{step.Folder}' cannot be loaded: {e.Message}", e);
        }
    }

    private ModelStepKind KindOf(ModelManifest.StepEntry step)
    {
        ModelStepKind kind = ModelStepTable.Find(step.Type) ?? throw new MLPipelinesException(
            $"{_source}: step '{step.Folder}' is of type '{step.Type}', which is not known. If it belongs to another assembly, register it with {nameof(ModelStepTable)} first.");
        return step.Version >= 1 && step.Version <= kind.NewestVersion ? kind : throw new MLPipelinesException(
            $"{_source}: step '{step.Folder}' is of version {step.Version}; this library reads up to version {kind.NewestVersion} of '{step.Type}'. Update the library.");
    }

    private ZipArchive OpenZip()
    {
        try
        {
            return new ZipArchive(new MemoryStream(_file, writable: false), ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw new MLPipelinesException($"{_source} is not a model file, or is cut off: it is not a complete zip archive ({_file.Length} bytes).", e);
        }
    }

    private ModelManifest ReadManifest(ZipArchive zip)
    {
        byte[] json = ReadEntry(zip, ModelFile.ManifestName, expectedBytes: null);
        try
        {
            // The format version alone is read first: a newer format may have changed everything else.
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                if (!document.RootElement.TryGetProperty("format", out JsonElement format) || !format.TryGetInt32(out int version) || version < 1)
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

    private Dictionary<string, byte[]> ReadEntries(ZipArchive zip, ModelManifest manifest)
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (ModelManifest.FileEntry entry in manifest.Entries) entries[entry.Name] = ReadEntry(zip, entry.Name, entry.Bytes);
        var damaged = manifest.Entries.AsParallel().FirstOrDefault(
            entry => !Convert.ToHexStringLower(SHA256.HashData(entries[entry.Name])).Equals(entry.Sha256, StringComparison.OrdinalIgnoreCase));
        return damaged is null ? entries : throw new MLPipelinesException(
            $"{_source}: entry '{damaged.Name}' is damaged: its SHA-256 is not the one that model.json states.");
    }

    private byte[] ReadEntry(ZipArchive zip, string name, long? expectedBytes)
    {
        ZipArchiveEntry entry = zip.GetEntry(name) ?? throw new MLPipelinesException($"{_source}: entry '{name}' is missing.");
        if (expectedBytes is { } expected && entry.Length != expected)
            throw new MLPipelinesException($"{_source}: entry '{name}' has {entry.Length} bytes, model.json states {expected}.");
        long limit = expectedBytes is null ? MaximumManifestBytes : MaximumEntryBytes;
        if (entry.Length > limit)
            throw new MLPipelinesException($"{_source}: entry '{name}' is too large: {entry.Length} bytes, at most {limit} are read.");
        byte[] bytes;
        try
        {
            // An entry that states few bytes and unpacks to many stops here, at what it stated. Memory grows with what is really there.
            using Stream stream = entry.Open();
            if (entry.CompressedLength == entry.Length)
            {
                bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
                stream.ReadExactly(bytes);
            }
            else
            {
                bytes = ReadPacked(stream, name, entry.Length);
            }
            if (stream.ReadByte() >= 0) throw new MLPipelinesException($"{_source}: entry '{name}' is larger than the {entry.Length} bytes that it states.");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new MLPipelinesException($"{_source}: entry '{name}' is damaged or cut off.", e);
        }
        return bytes;
    }

    private static byte[] ReadPacked(Stream stream, string name, long length)
    {
        using var memory = new MemoryStream((int)Math.Min(length, 1 << 20));
        byte[] block = new byte[1 << 16];
        while (memory.Length < length)
        {
            int count = stream.Read(block, 0, (int)Math.Min(block.Length, length - memory.Length));
            if (count == 0) throw new EndOfStreamException(name);
            memory.Write(block, 0, count);
        }
        return memory.ToArray();
    }
}
