using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>The zip of a model of ML.NET. Writers on Windows put <c>\</c> between the parts of names, others <c>/</c>; here it is <c>/</c>.</summary>
internal sealed class ComponentArchive : IDisposable
{
    internal const string KeyName = "Model.key";

    // What all entries that are read may have together, unpacked: this, and so many times the file. Models shrink to a third or so.
    private const long UsualBytes = 32L << 20;
    private const int MostUnpacked = 16;

    /// <summary>The most numbers that models may have altogether that their file does not store, because they are 0.</summary>
    private const long MostClaimed = 1L << 25;

    private readonly ZipArchive _zip;
    private readonly long _maximumBytes;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _read = new(StringComparer.Ordinal);
    private long _bytes;
    private long _claimed;

    private ComponentArchive(string source, ZipArchive zip, long fileBytes, ComponentArchive? outer)
    {
        (Source, _zip, Outer, _bytes) = (source, zip, outer, outer?._bytes ?? 0);
        _maximumBytes = outer?._maximumBytes ?? UsualBytes + MostUnpacked * fileBytes;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (!_entries.TryAdd(entry.FullName.Replace('\\', '/'), entry)) throw new MLPipelinesException($"{source}: there are several entries '{entry.FullName}'.");
        }
    }

    /// <summary>The name of the file, for messages.</summary>
    internal string Source { get; }

    /// <summary>The file that this one is an entry of; <see langword="null"/> for one of its own.</summary>
    internal ComponentArchive? Outer { get; }

    /// <summary>The names of the entries, and how many bytes they have unpacked.</summary>
    internal IEnumerable<(string Name, long Bytes)> Entries => _entries.Select(entry => (entry.Key, entry.Value.Length));

    /// <summary>The folders of all components, outer ones first.</summary>
    internal IEnumerable<string> Folders => _entries.Keys.Where(name => name == KeyName || name.EndsWith('/' + KeyName, StringComparison.Ordinal))
        .Select(name => name == KeyName ? "" : name[..^(KeyName.Length + 1)]).Order(StringComparer.Ordinal);

    /// <summary>The version of ML.NET that wrote the file; <see langword="null"/> where it does not say.</summary>
    internal string? WriterVersion
    {
        get
        {
            string? name = Find("TrainingInfo/Version.txt") ?? Find("Version.txt");
            return name is null ? null : Encoding.UTF8.GetString(Read(name)).Split(['\r', '\n', '@'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        }
    }

    /// <summary>Opens a file that has components and no manifest of our own; <see langword="null"/> for any other.</summary>
    /// <param name="source">The name of the file, for messages.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="outer">The file that it is an entry of: what both unpack counts together.</param>
    internal static ComponentArchive? OpenOrNull(string source, byte[] file, ComponentArchive? outer = null)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            bool isMLNet = zip.GetEntry(ModelFile.ManifestName) is null && zip.Entries.Any(entry => entry.Name == KeyName || entry.FullName.EndsWith('\\' + KeyName, StringComparison.Ordinal));
            if (isMLNet) return new ComponentArchive(source, zip, file.LongLength, outer);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            // What is no zip at all is told by the reader of our own files.
        }
        zip?.Dispose();
        return null;
    }

    internal bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The unpacked bytes of an entry.</summary>
    /// <exception cref="MLPipelinesException">The entry is absent, damaged, or larger than is read.</exception>
    internal byte[] Read(string name)
    {
        if (_read.TryGetValue(name, out byte[]? known)) return known;
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry)) throw new MLPipelinesException($"{Source}: entry '{name}' is missing.");
        if (entry.Length > _maximumBytes - _bytes) throw new MLPipelinesException($"{Source}: entry '{name}' is too large: {entry.Length} bytes, at most {_maximumBytes} are unpacked of this file.");
        try
        {
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
            using Stream stream = entry.Open();
            stream.ReadExactly(bytes);
            if (stream.ReadByte() >= 0 || Crc32.HashToUInt32(bytes) != entry.Crc32) throw new InvalidDataException("Size or check sum do not fit.");
            for (ComponentArchive? archive = this; archive is not null; archive = archive.Outer) archive._bytes += bytes.LongLength;
            return _read[name] = bytes;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw new MLPipelinesException($"{Source}: entry '{name}' is damaged or cut off.", e);
        }
    }

    /// <summary>Counts numbers that a model has and its file does not store; <see langword="false"/> where they become too many.</summary>
    internal bool Claim(long numbers) => Outer?.Claim(numbers) ?? (numbers >= 0 && (_claimed += numbers) <= MostClaimed);

    public void Dispose() => _zip.Dispose();

    private string? Find(string name) => _entries.ContainsKey(name) ? name : null;
}
