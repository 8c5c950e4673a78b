using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MLPipelines.Data;

namespace MLPipelines.Persistence;

/// <summary>Writes a transformer as a model file: a zip of <c>model.json</c> and one folder per step.</summary>
internal static class ModelFile
{
    internal const string ManifestName = "model.json";

    /// <summary>All entries carry this time, so that two saves of one model are the same bytes.</summary>
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static string LibraryVersion { get; } =
        typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    internal static void Write(ITransformer model, DataViewSchema? input, TrainingRecord? record, Stream stream)
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var steps = new List<ModelManifest.StepEntry>();
        foreach (ITransformer transformer in ITransformerChain.Flatten(model))
        {
            if (transformer is not IModelStep step)
                throw new NotSupportedException($"A {transformer.GetType().Name} cannot be saved: it does not implement {nameof(IModelStep)}.");
            string folder = string.Create(null, $"{steps.Count + 1:00}-{step.TypeId}");
            var parameters = new JsonObject();
            step.Save(new StepPartsWriter(folder, parameters, entries));
            steps.Add(new ModelManifest.StepEntry(folder, step.TypeId, step.Version, parameters));
        }
        var manifest = new ModelManifest
        {
            Format = ModelManifest.CurrentFormat,
            Library = LibraryVersion,
            Input = input is null ? [] : ModelSchema.DescribeInput(input, entries),
            Output = input is null ? [] : ModelSchema.Describe(model.GetOutputSchema(input)),
            Chain = steps,
            Training = record,
            Entries = [.. entries.Select(e => new ModelManifest.FileEntry(e.Key, e.Value.LongLength, Convert.ToHexStringLower(SHA256.HashData(e.Value))))],
        };
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteEntry(zip, ManifestName, manifest.ToJson());
        foreach (var (name, bytes) in entries) WriteEntry(zip, name, bytes);
    }

    /// <summary>Writes beside the target and renames, so that a crash leaves the old file or the new one.</summary>
    internal static void Write(ITransformer model, DataViewSchema? input, TrainingRecord? record, string path)
    {
        string target = Path.GetFullPath(path);
        string temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                Write(model, input, record, stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Model file '{path}' cannot be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    private static void WriteEntry(ZipArchive zip, string name, byte[] bytes)
    {
        // Weights hardly shrink, and stored as they are they load several times faster.
        var level = name.EndsWith(".npy", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
        ZipArchiveEntry entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = EntryTime;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }
}
