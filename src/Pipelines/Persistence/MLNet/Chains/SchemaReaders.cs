using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Reads the columns that data is loaded with.</summary>
internal delegate DataViewSchema SchemaReading(Component component, Payload payload);

/// <summary>The loaders that are read: of these, the columns.</summary>
internal static class SchemaReaders
{
    internal static readonly ComponentTable<SchemaReading> Table = new(
        new("BinaryLoader", 0x00010001, 0x00010003, (component, _) => component.View("Schema.idv").Schema),
        new("TextLoader", 0x00010009, 0x0001000E, (component, payload) => TextLoading(component, payload).GetOutputSchema()));

    internal static DataViewSchema Read(Component component) =>
        (Table.Find(component) ?? throw ComponentTables.Unknown(component, "loader"))(component, component.OpenPayload());

    /// <summary>
    /// The size of a number, the most rows (8 bytes), flags, the number of fields (0 where the data says it), the separators after their number, from version 13 on the escape character and the decimal mark; the number of columns, and of
    /// each its name, kind, whether it is a key and how many there are (8 bytes; before version 12 whether there are no gaps, the first key, and a number of 4 bytes), and how many runs of fields it is read from: the first one, the one after
    /// the last, and from version 10 on whether it makes a vector. The first line of the data is in <c>Header.txt</c>.
    /// </summary>
    internal static TextLoader TextLoading(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        long rows = payload.Int64();
        uint flags = payload.UInt32();
        int fields = payload.Int32(0, int.MaxValue, "the number of fields");
        char[] separators = payload.Chars();
        var options = new TextLoader.Options
        {
            TrimWhitespace = (flags & 1) != 0, HasHeader = (flags & 2) != 0, AllowQuoting = (flags & 4) != 0, AllowSparse = (flags & 8) != 0, ReadMultilines = (flags & 16) != 0, MissingRealsAsNaNs = (flags & 32) != 0,
            InputSize = fields, Separators = separators, MaxRows = rows is <= 0 or long.MaxValue ? null : rows,
        };
        if (payload.Version >= 0x0001000D)
        {
            // Characters are UTF-8 here.
            options.EscapeChar = (char)payload.Byte();
            options.DecimalMarker = (char)payload.Byte();
        }
        int count = payload.Count(18, least: 1);
        options.Columns = new TextLoader.Column[count];
        for (int i = 0; i < count; i++) options.Columns[i] = Column(component, payload);
        string? header = component.EntryOrNull("Header.txt") is { } text ? Encoding.UTF8.GetString(text) : null;
        try
        {
            return new TextLoader(new TrainingEnvironment(0), options, options.HasHeader && header is not null ? new HeaderLine(header) : null);
        }
        catch (ArgumentException e)
        {
            throw component.Invalid(e.Message.TrimEnd('.'), e);
        }
    }

    private static TextLoader.Column Column(Component component, Payload payload)
    {
        // As in ML.NET: no field is beyond this one.
        const int mostFields = 1 << 24;
        string name = payload.Name();
        DataKind kind = ConversionReader.Kind(component, payload.Byte());
        KeyCount? keys = payload.Bool() ? Keys(component, payload, kind) : null;
        var runs = new TextLoader.Range[payload.Count(8, least: 1)];
        bool isVector = false;
        for (int i = 0; i < runs.Length; i++)
        {
            int first = payload.Int32(0, mostFields, "a field"), end = payload.Int32(first + 1, mostFields, "the field after the last one");
            isVector |= payload.Version >= 0x0001000A && payload.Bool();
            runs[i] = end == first + 1 ? new TextLoader.Range(first) : new TextLoader.Range(first, end - 1);
        }
        return new TextLoader.Column(name, kind, runs, keys) { IsVector = isVector };
    }

    private static KeyCount Keys(Component component, Payload payload, DataKind kind)
    {
        if (!KeyDataViewType.IsValidDataType(kind.ToType().RawType)) throw component.Invalid($"keys carried by {kind}");
        ulong count;
        if (payload.Version >= 0x0001000C) count = payload.UInt64();
        else
        {
            bool isContiguous = payload.Bool();
            ulong first = payload.UInt64();
            if (!isContiguous || first != 0) throw component.Invalid("not supported: keys that do not start at 0, or with gaps");
            count = (ulong)payload.Int32(0, int.MaxValue, "the number of keys");
            if (count == 0) return new KeyCount();
        }
        return count > 0 ? new KeyCount(count) : throw component.Invalid("no keys at all");
    }

    /// <summary>The first line of a file, as data of its own.</summary>
    private sealed class HeaderLine(string text) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => "Header.txt";

        public Stream Open(int index) => new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);

        public TextReader OpenTextReader(int index) => new StringReader(text);
    }
}
