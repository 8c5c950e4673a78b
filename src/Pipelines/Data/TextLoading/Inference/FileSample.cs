namespace MLPipelines.Data;

/// <summary>The first bytes of a file, decompressed, in whole lines.</summary>
internal sealed class FileSample
{
    private readonly byte[] _bytes;
    private readonly int _length;
    private readonly bool _isCut;

    private FileSample(string name, byte[] bytes, int length, bool isCut) => (Name, _bytes, _length, _isCut) = (name, bytes, length, isCut);

    internal string Name { get; }

    internal static FileSample Read(IMultiStreamSource source, int size)
    {
        string name = source.Count > 0 ? source.GetPathOrNull(0) ?? "the data" : "the data";
        if (source.Count == 0) throw TextFileErrors.Empty(name, header: false);
        byte[] bytes = new byte[size];
        int length;
        bool isCut = false;
        using (Stream stream = GzipFiles.OpenDecompressed(source.Open(0)))
        {
            try
            {
                length = stream.ReadAtLeast(bytes, size, throwOnEndOfStream: false);
                isCut = length == size && stream.Read(new byte[1]) > 0;
            }
            catch (InvalidDataException e)
            {
                throw new MLPipelinesException($"{name} cannot be read: the file is damaged, or cut off before its end. {e.Message}", e);
            }
        }
        return new FileSample(name, bytes, isCut ? WholeLines(bytes.AsSpan(0, length)) : length, isCut);
    }

    private static int WholeLines(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return bytes.Length & ~1;
        int end = bytes.LastIndexOf((byte)'\n') + 1;
        if (end > 0) return end;
        // One line longer than the sample: at least no character is cut through.
        end = bytes.Length;
        while (end > 0 && (bytes[end - 1] & 0xC0) == 0x80) end--;
        return Math.Max(0, end - 1);
    }

    internal bool Contains(char c) => _bytes.AsSpan(0, _length).Contains((byte)c);

    /// <summary>
    /// Calls for each row, and tells whether the rows could be cut by this format. The last row of a sample that was cut off
    /// is left out when its end is not in it.
    /// </summary>
    internal bool ForEachRow(TextFormat format, long rows, Action<DelimitedReader, long> act, bool throws = false)
    {
        using var reader = new DelimitedReader(new CharSource(new MemoryStream(_bytes, 0, _length, writable: false), Name), format);
        reader.SkipSchemaComment();
        for (long row = 0; row < rows && reader.ReadRow(); row++) act(reader, row);
        if (reader.Problem == RowProblem.None) return true;
        // A quote that is open at the cut is no problem unless it has swallowed much of the sample.
        bool isCutRow = _isCut && reader.Problem == RowProblem.UnclosedQuote && reader.PendingLength < _length / 4;
        if (!isCutRow && (throws || reader.Problem == RowProblem.InvalidUtf8)) throw TextFileErrors.OfProblem(Name, reader);
        return isCutRow;
    }
}
