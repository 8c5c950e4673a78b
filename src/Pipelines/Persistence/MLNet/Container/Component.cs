using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>One component of a model: its folder, its header, and its strings. Inner components are in folders within its own.</summary>
internal sealed class Component
{
    private readonly ComponentArchive _archive;
    private readonly byte[] _key;
    private readonly int[] _stringEnds;
    private char[]? _characters;

    private Component(ComponentArchive archive, string folder, byte[] key, ComponentHeader header, int[] stringEnds) =>
        (_archive, Folder, _key, Header, _stringEnds) = (archive, folder, key, header, stringEnds);

    internal string Folder { get; }

    internal ComponentArchive Archive => _archive;

    internal ComponentHeader Header { get; }

    internal uint Version => Header.Version;

    /// <summary>The number of strings that the payload may refer to.</summary>
    internal int StringCount => _stringEnds.Length;

    internal static Component? OpenOrNull(ComponentArchive archive, string folder)
    {
        const int deepest = 64;
        string name = NameIn(folder, ComponentArchive.KeyName);
        if (!archive.Has(name)) return null;
        if (folder.AsSpan().Count('/') > deepest) throw new MLPipelinesException($"{archive.Source}: more than {deepest} components within components.");
        byte[] key = archive.Read(name);
        try
        {
            ComponentHeader header = ComponentHeader.Read(key);
            return new Component(archive, folder, key, header, StringEnds(key, header));
        }
        catch (FormatException e)
        {
            throw new MLPipelinesException($"{archive.Source}: entry '{name}' cannot be used: {e.Message}.", e);
        }
    }

    internal static Component Open(ComponentArchive archive, string folder) => OpenOrNull(archive, folder)
        ?? throw new MLPipelinesException($"{archive.Source}: entry '{NameIn(folder, ComponentArchive.KeyName)}' is missing.");

    /// <summary>A reader at the start of the payload.</summary>
    internal Payload OpenPayload() => new(this, _key.AsMemory(Header.Payload.Offset, Header.Payload.Length));

    internal string StringAt(int index) => TextAt(index).ToString();

    /// <summary>A string as a part of all of them.</summary>
    internal ReadOnlyMemory<char> TextAt(int index)
    {
        _characters ??= MemoryMarshal.Cast<byte, char>(_key.AsSpan(Header.Characters.Offset, Header.Characters.Length)).ToArray();
        int start = index == 0 ? 0 : _stringEnds[index - 1] / sizeof(char);
        return _characters.AsMemory(start..(_stringEnds[index] / sizeof(char)));
    }

    internal Component Inner(string name) => Open(_archive, NameIn(Folder, name));

    internal Component? InnerOrNull(string name) => OpenOrNull(_archive, NameIn(Folder, name));

    /// <summary>The bytes of an entry beside the payload; <see langword="null"/> where there is none.</summary>
    internal byte[]? EntryOrNull(string name) => _archive.Has(NameIn(Folder, name)) ? _archive.Read(NameIn(Folder, name)) : null;

    internal byte[] Entry(string name) => _archive.Read(NameIn(Folder, name));

    /// <summary>A binary data file beside the payload, such as a schema.</summary>
    /// <param name="name">The entry.</param>
    /// <param name="isAnnotated">Of which columns annotations are read; of all when left out.</param>
    internal BinaryView View(string name, Func<string, bool>? isAnnotated = null) => EmbeddedData.Open(Entry(name), $"{_archive.Source}: entry '{NameIn(Folder, name)}'", isAnnotated);

    /// <summary>Makes sure that there is memory for numbers that the file does not store.</summary>
    internal void Claim(long numbers, string what)
    {
        if (!_archive.Claim(numbers)) throw Invalid($"not supported: {numbers} numbers for {what} that the file does not store, which is too many");
    }

    /// <summary>An error about this component: its message names the file and the entry.</summary>
    internal MLPipelinesException Invalid(string problem, Exception? cause = null) =>
        new($"{_archive.Source}: component \"{Header.Loader}\" version 0x{Version:X8} of entry {Folder}: {problem}.", cause!);

    private static int[] StringEnds(byte[] key, ComponentHeader header)
    {
        int[] ends = new int[header.StringEnds.Length / sizeof(long)];
        long previous = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            long end = BitConverter.ToInt64(key, header.StringEnds.Offset + i * sizeof(long));
            if (end < previous || end > header.Characters.Length || end % sizeof(char) != 0) throw new FormatException($"its string {i} is outside of its characters");
            ends[i] = (int)(previous = end);
        }
        return ends;
    }

    private static string NameIn(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
