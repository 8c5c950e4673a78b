using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MLPipelines.Tests.Persistence;

/// <summary>Takes a model file apart and puts it together again, so that a test can change what it wants and keep the rest right.</summary>
internal sealed class ModelFileEditor
{
    private readonly List<(string Name, byte[] Bytes)> _entries = [];

    internal ModelFileEditor(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using var memory = new MemoryStream();
            using (Stream stream = entry.Open()) stream.CopyTo(memory);
            if (entry.FullName == "model.json") Manifest = JsonNode.Parse(memory.ToArray())!.AsObject();
            else _entries.Add((entry.FullName, memory.ToArray()));
        }
    }

    internal JsonObject Manifest { get; } = [];

    /// <summary>Written in place of <see cref="Manifest"/>.</summary>
    internal byte[]? ManifestBytes { get; set; }

    internal IReadOnlyList<string> Names => [.. _entries.Select(entry => entry.Name)];

    internal JsonObject Step(int index) => Manifest["chain"]![index]!.AsObject();

    internal JsonObject Parameters(int step) => Step(step)["parameters"]!.AsObject();

    internal byte[] this[string name] => _entries.Single(entry => entry.Name == name).Bytes;

    /// <summary>Replaces an entry, and what the manifest says of it.</summary>
    internal ModelFileEditor Replace(string name, byte[] bytes)
    {
        ReplaceSilently(name, bytes);
        JsonObject listed = Listed(name);
        listed["bytes"] = bytes.LongLength;
        listed["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return this;
    }

    /// <summary>Replaces an entry; the manifest stays as it is.</summary>
    internal ModelFileEditor ReplaceSilently(string name, byte[] bytes)
    {
        _entries[_entries.FindIndex(entry => entry.Name == name)] = (name, bytes);
        return this;
    }

    internal ModelFileEditor Add(string name, byte[] bytes)
    {
        _entries.Add((name, bytes));
        return this;
    }

    internal ModelFileEditor Remove(string name)
    {
        _entries.RemoveAll(entry => entry.Name == name);
        return this;
    }

    internal JsonObject Listed(string name) => Manifest["entries"]!.AsArray().Single(entry => (string?)entry!["name"] == name)!.AsObject();

    internal byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in _entries.Prepend(("model.json", ManifestBytes ?? System.Text.Encoding.UTF8.GetBytes(Manifest.ToJsonString()))))
            {
                using Stream stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }
        return memory.ToArray();
    }
}
