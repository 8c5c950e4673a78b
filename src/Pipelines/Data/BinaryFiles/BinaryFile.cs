using System.IO.Compression;
using System.Text;

namespace MLPipelines.Data;

/// <summary>What the header and the tables of a binary file say; see <see cref="BinaryFormat"/>.</summary>
internal sealed class BinaryFile
{
    /// <summary>The most bytes that an annotation has, and that all annotations of a file have besides so many times the file.</summary>
    private const int MostAnnotation = 64 << 20, MostAnnotationRatio = 64;

    private readonly IMultiStreamSource _source;

    private BinaryFile(IMultiStreamSource source, long rowCount, ColumnEntry[] columns, DataViewSchema schema) =>
        (_source, RowCount, Columns, Schema) = (source, rowCount, columns, schema);

    internal long RowCount { get; }

    internal IReadOnlyList<ColumnEntry> Columns { get; }

    internal DataViewSchema Schema { get; }

    internal string Name => NameOf(_source);

    /// <summary>A column: how its blocks are to be read, and where they are.</summary>
    internal sealed record ColumnEntry(string Name, DataViewType Type, BlockCodec Codec, bool IsDeflated, int RowsPerBlock, BlockPlace[] Blocks);

    /// <exception cref="MLPipelinesException">The file is none of this format, of another version, or damaged.</exception>
    /// <param name="source">The file.</param>
    /// <param name="isAnnotated">Of which columns annotations are read, by name; of all when left out.</param>
    internal static BinaryFile Open(IMultiStreamSource source, Func<string, bool>? isAnnotated = null)
    {
        if (source.Count != 1) throw new ArgumentException($"A binary file is read alone; found {source.Count} files.", nameof(source));
        return Guard(NameOf(source), "its tables", () =>
        {
            using Stream stream = OpenSeekable(source);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            return Read(source, reader, isAnnotated);
        });
    }

    internal Stream OpenStream() => OpenSeekable(_source);

    /// <summary>The rows of a block, inflated.</summary>
    internal static BinaryReader ReadBlock(Stream stream, BlockPlace place, bool isDeflated)
    {
        if (place.Offset < BinaryFormat.HeaderSize || place.Length < 0 || place.PlainLength < 0 || place.Offset + place.Length > stream.Length)
            throw new InvalidDataException("a block outside of the file");
        byte[] stored = new byte[place.Length];
        stream.Position = place.Offset;
        stream.ReadExactly(stored);
        return new BinaryReader(new MemoryStream(isDeflated ? Inflate(stored, place.PlainLength) : stored), Encoding.UTF8);
    }

    /// <summary>Runs a reading step; what goes wrong in it says which file it was, and that it is damaged.</summary>
    internal static T Guard<T>(string file, string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException or InvalidOperationException && e is not FileNotFoundException)
        {
            throw new MLPipelinesException($"{file}: {part} cannot be read, so the file is damaged, or cut off before its end. Found {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static BinaryFile Read(IMultiStreamSource source, BinaryReader reader, Func<string, bool>? isAnnotated)
    {
        string name = NameOf(source);
        if (reader.BaseStream.Length < BinaryFormat.HeaderSize || reader.ReadUInt64() != BinaryFormat.Signature)
            throw new MLPipelinesException($"{name} is no binary data file: expected one that SaveAsBinary wrote. Text is read with LoadFromTextFile.");
        ulong version = reader.ReadUInt64(), compatible = reader.ReadUInt64();
        if (compatible > BinaryFormat.Version || version < BinaryFormat.OldestVersion)
            throw new MLPipelinesException($"{name} is a binary data file of version {Shown(version)}; expected {Shown(BinaryFormat.OldestVersion)} to {Shown(BinaryFormat.Version)}. "
                + "Write it anew with a version of ML.NET from 1.0 on, or as text.");
        long table = reader.ReadInt64(), end = reader.ReadInt64(), rowCount = reader.ReadInt64();
        int columnCount = reader.ReadInt32();
        if (rowCount < 0 || columnCount < 0 || end < 0 || end > reader.BaseStream.Length - sizeof(ulong)) throw new InvalidDataException("impossible sizes in the header");
        reader.BaseStream.Position = end;
        if (reader.ReadUInt64() != BinaryFormat.EndSignature) throw new InvalidDataException("no closing signature");

        long annotationBytes = MostAnnotation + MostAnnotationRatio * reader.BaseStream.Length;
        List<ColumnEntry> columns = [];
        var schema = new DataViewSchema.Builder();
        reader.BaseStream.Position = table;
        for (int i = 0; i < columnCount; i++)
        {
            string column = reader.ReadString();
            var (type, wide) = BinaryFormat.ReadType(reader);
            bool isDeflated = ReadCompression(reader);
            int rowsPerBlock = reader.Read7BitEncodedInt();
            long blocks = reader.ReadInt64(), annotations = reader.ReadInt64(), next = reader.BaseStream.Position;
            if (rowsPerBlock < 1 || (i > 0 && rowsPerBlock != columns[0].RowsPerBlock)) throw new InvalidDataException("columns in blocks of different sizes");
            columns.Add(new(column, type, BlockCodec.Create(type, wide), isDeflated, rowsPerBlock, ReadPlaces(reader, blocks, (rowCount + rowsPerBlock - 1) / rowsPerBlock)));
            schema.AddColumn(column, type, annotations == 0 || isAnnotated?.Invoke(column) == false ? null : ReadAnnotations(reader, annotations, ref annotationBytes));
            reader.BaseStream.Position = next;
        }
        return new BinaryFile(source, rowCount, [.. columns], schema.ToSchema());
    }

    private static BlockPlace[] ReadPlaces(BinaryReader reader, long offset, long count)
    {
        reader.BaseStream.Position = offset;
        BlockItems.CheckRoom(reader, checked((int)count), BlockPlace.Size);
        var places = new BlockPlace[count];
        for (int i = 0; i < places.Length; i++) places[i] = BlockPlace.Read(reader);
        return places;
    }

    private static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader, long offset, ref long budget)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        reader.BaseStream.Position = offset;
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            string name = reader.ReadString();
            var (type, wide) = BinaryFormat.ReadType(reader);
            bool isDeflated = ReadCompression(reader);
            var place = new BlockPlace(reader.ReadInt64(), checked((int)reader.Read7BitEncodedInt64()), 0);
            long next = reader.BaseStream.Position;
            BatchColumn value = BatchColumn.Create(type);
            using (BinaryReader block = ReadBlock(reader.BaseStream, place, isDeflated))
            {
                budget -= block.BaseStream.Length;
                if (budget < 0) throw new InvalidDataException("annotations that are too large together");
                BlockCodec.Create(type, wide).Read(block, 1, value);
            }
            AnnotationBlocks.Add(builder, name, type, value);
            reader.BaseStream.Position = next;
        }
        return builder.ToAnnotations();
    }

    private static bool ReadCompression(BinaryReader reader) => reader.ReadByte() switch
    {
        BinaryFormat.Plain => false,
        BinaryFormat.Deflated => true,
        byte other => throw new InvalidDataException($"the unknown compression {other}"),
    };

    private static byte[] Inflate(byte[] stored, int length)
    {
        // No deflated data gets longer than this, so that a damaged file cannot take all memory.
        const int MostPerByte = 1032;
        if (length > (stored.Length + 1L) * MostPerByte) throw new InvalidDataException("a block of an impossible length");
        using var deflate = new DeflateStream(new MemoryStream(stored), CompressionMode.Decompress);
        using var plain = new MemoryStream(length);
        // Annotations do not say how long they are.
        long most = length > 0 ? length : MostAnnotation;
        byte[] part = new byte[(int)Math.Min(most + 1, 1 << 16)];
        for (int count; (count = deflate.Read(part)) > 0;)
        {
            plain.Write(part, 0, count);
            if (plain.Length > most) throw new InvalidDataException("a block that is longer than it may be");
        }
        return plain.ToArray();
    }

    private static Stream OpenSeekable(IMultiStreamSource source)
    {
        Stream stream = source.Open(0);
        if (stream.CanSeek) return stream;
        using (stream)
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
    }

    private static string NameOf(IMultiStreamSource source) => source.GetPathOrNull(0) ?? "the data";

    private static string Shown(ulong version) => $"{version >> 48}.{(version >> 32) & 0xFFFF}.{(version >> 16) & 0xFFFF}.{version & 0xFFFF}";
}
