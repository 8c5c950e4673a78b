using System.IO.Compression;
using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>Writes a component by the layout of docs/design/mlnet-container.md: a header, the payload, strings, and the closing signature; inner components in folders of their own.</summary>
internal sealed class ComponentWriter(string loader, uint version, uint? readableBy = null)
{
    private readonly List<byte> _payload = [];
    private readonly List<string> _strings = [];
    private readonly List<(string Name, ComponentWriter Component)> _inner = [];
    private readonly List<(string Name, byte[] Bytes)> _entries = [];

    internal ComponentWriter Bytes(params byte[] values)
    {
        _payload.AddRange(values);
        return this;
    }

    internal ComponentWriter Ints(params int[] values) => Write(values, BitConverter.GetBytes);

    internal ComponentWriter Longs(params long[] values) => Write(values, BitConverter.GetBytes);

    internal ComponentWriter Singles(params float[] values) => Write(values, BitConverter.GetBytes);

    internal ComponentWriter Doubles(params double[] values) => Write(values, BitConverter.GetBytes);

    /// <summary>Strings by their number in the table.</summary>
    internal ComponentWriter Names(params string[] names)
    {
        foreach (string name in names)
        {
            if (!_strings.Contains(name)) _strings.Add(name);
            Ints(_strings.IndexOf(name));
        }
        return this;
    }

    /// <summary>One pair of columns, output first.</summary>
    internal ComponentWriter Pair(string output, string input) => Ints(1).Names(output, input);

    internal ComponentWriter Inner(string name, ComponentWriter component)
    {
        _inner.Add((name, component));
        return this;
    }

    internal ComponentWriter Entry(string name, byte[] bytes)
    {
        _entries.Add((name, bytes));
        return this;
    }

    internal byte[] ToKey()
    {
        byte[] payload = [.. _payload], characters = Encoding.Unicode.GetBytes(string.Concat(_strings));
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        long strings = 0x100 + payload.Length, texts = strings + 8 * _strings.Count, tail = texts + characters.Length;
        writer.Write(0x4C45444F4D004C4DUL);
        writer.Write(0x00010001);
        writer.Write(0x00010001);
        foreach (long part in new[] { 0x100L, payload.Length, strings, 8 * _strings.Count, texts, characters.Length }) writer.Write(part);
        writer.Write("SIGNATUR"u8);
        writer.Write(version);
        writer.Write(readableBy ?? version);
        writer.Write(Encoding.Latin1.GetBytes(loader.PadRight(48, '\0')));
        writer.Write(tail);
        writer.Write(tail + 8);
        writer.Write(new byte[0x100 - memory.Length]);
        writer.Write(payload);
        long end = 0;
        foreach (string text in _strings) writer.Write(end += 2 * text.Length);
        writer.Write(characters);
        writer.Write(0x4D4C004D4F44454CUL);
        return memory.ToArray();
    }

    /// <summary>Adds the component and those within it to a zip.</summary>
    internal void AddTo(Dictionary<string, byte[]> entries, string folder)
    {
        entries.Add($"{folder}\\Model.key", ToKey());
        foreach (var (name, bytes) in _entries) entries.Add($"{folder}\\{name}", bytes);
        foreach (var (name, component) in _inner) component.AddTo(entries, $"{folder}\\{name}");
    }

    /// <summary>A file with a chain of steps over columns.</summary>
    internal static byte[] File(DataViewSchema? schema, params ComponentWriter[] steps)
    {
        var chain = new ComponentWriter("TransformerChain", 0x00010001).Ints(steps.Length).Ints(new int[steps.Length]);
        for (int i = 0; i < steps.Length; i++) chain.Inner($"Transform_{i:000}", steps[i]);
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["TrainingInfo\\Version.txt"] = "9.9.9 @BuiltBy: hand"u8.ToArray() };
        if (schema is not null) entries.Add("Schema", Columns(schema));
        chain.AddTo(entries, "TransformerChain");
        return Zip(entries);
    }

    internal static byte[] Zip(Dictionary<string, byte[]> entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using Stream stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }
        return memory.ToArray();
    }

    /// <summary>Columns as a binary data file without rows.</summary>
    internal static byte[] Columns(DataViewSchema schema)
    {
        using var memory = new MemoryStream();
        new MLContext(1).Data.SaveAsBinary(new BlockView(schema, [[.. schema.Select(column => BatchColumn.Create(column.Type))]]), memory);
        return memory.ToArray();
    }

    private ComponentWriter Write<T>(T[] values, Func<T, byte[]> bytes)
    {
        foreach (T value in values) _payload.AddRange(bytes(value));
        return this;
    }
}
