using System.IO.Compression;
using System.IO.Hashing;
using MLPipelines.Data;

namespace MLPipelines.Persistence;

/// <summary>
/// The zip archive of a model file, held in memory. Nothing that it says of itself is taken for granted: names, sizes and data
/// that do not fit are errors that name the entry.
/// </summary>
internal sealed class ModelArchive : IDisposable
{
    /// <summary>The largest entry that is read.</summary>
    internal const long MaximumEntryBytes = 1L << 30;

    private readonly string _source;
    private readonly long _fileBytes;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <param name="source">The name of the file, for messages.</param>
    /// <param name="file">Its bytes.</param>
    internal ModelArchive(string source, byte[] file)
    {
        (_source, _fileBytes) = (source, file.LongLength);
        try
        {
            _zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in _zip.Entries) Add(entry);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            throw new MLPipelinesException($"{source} is not a model file, or is cut off: it is not a complete zip archive ({file.Length} bytes).", e);
        }
    }

    internal IEnumerable<string> Names => _entries.Keys;

    /// <summary>The bytes of an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expectedBytes">How many it must have; <see langword="null"/> for the manifest, of which nothing else says size and hash.</param>
    /// <param name="limit">How many are read at most.</param>
    internal byte[] Read(string name, long? expectedBytes, long limit = MaximumEntryBytes)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry)) throw new MLPipelinesException($"{_source}: entry '{name}' is missing.");
        if (expectedBytes is { } expected && entry.Length != expected)
            throw new MLPipelinesException($"{_source}: entry '{name}' has {entry.Length} bytes, {ModelFile.ManifestName} states {expected}.");
        if (entry.Length > limit)
            throw new MLPipelinesException($"{_source}: entry '{name}' is too large: {entry.Length} bytes, at most {limit} are read.");
        try
        {
            using Stream stream = entry.Open();
            byte[] bytes = entry.Length <= _fileBytes ? ReadAtOnce(stream, (int)entry.Length) : ReadPiecewise(stream, entry.Length);
            // An entry that states few bytes and unpacks to many stops here, at what it stated.
            if (stream.ReadByte() >= 0) throw new MLPipelinesException($"{_source}: entry '{name}' is larger than the {entry.Length} bytes that it states.");
            // The archive reader leaves the check sum unchecked.
            if (expectedBytes is null && Crc32.HashToUInt32(bytes) != entry.Crc32) throw new InvalidDataException("The check sum does not fit.");
            return bytes;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            throw new MLPipelinesException($"{_source}: entry '{name}' is damaged or cut off.", e);
        }
    }

    public void Dispose() => _zip.Dispose();

    private void Add(ZipArchiveEntry entry)
    {
        string name = entry.FullName;
        // Folders that a zip tool adds when a person packs the files again hold nothing.
        if (name.EndsWith('/') && entry.Length == 0) name = name[..^1];
        else if (!_entries.TryAdd(name, entry)) throw new MLPipelinesException($"{_source}: there are several entries '{name}'.");
        if (name.AsSpan().ContainsAny('\\', ':') || Array.Exists(name.Split('/'), part => part is "" or "." or ".."))
            throw new MLPipelinesException($"{_source}: entry '{name}' has a name that a model file does not use.");
    }

    private static byte[] ReadAtOnce(Stream stream, int length)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>For an entry that states more bytes than the whole file has: memory grows with what is really there.</summary>
    private static byte[] ReadPiecewise(Stream stream, long length)
    {
        using var memory = new MemoryStream();
        byte[] block = new byte[1 << 16];
        while (memory.Length < length)
        {
            int count = stream.Read(block, 0, (int)Math.Min(block.Length, length - memory.Length));
            if (count == 0) throw new EndOfStreamException();
            memory.Write(block, 0, count);
        }
        return memory.ToArray();
    }
}
