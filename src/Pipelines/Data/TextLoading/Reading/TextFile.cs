namespace MLPipelines.Data;

/// <summary>One open file of a source: its name and its rows.</summary>
internal sealed class TextFile : IDisposable
{
    private TextFile(string name, DelimitedReader reader) => (Name, Reader) = (name, reader);

    internal string Name { get; }

    internal DelimitedReader Reader { get; }

    internal static TextFile Open(IMultiStreamSource source, int index, TextFormat format)
    {
        string name = source.GetPathOrNull(index) ?? "the data";
        var reader = new DelimitedReader(new CharSource(source.Open(index), name), format);
        reader.SkipSchemaComment();
        return new TextFile(name, reader);
    }

    /// <summary>The cells of the current row, white space around them left out.</summary>
    internal string[] ReadCells()
    {
        string[] cells = new string[Reader.FieldCount];
        for (int i = 0; i < cells.Length; i++) cells[i] = Reader[i].Trim().ToString();
        return cells;
    }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="MLPipelinesException">The file cannot be cut into rows from here on.</exception>
    internal bool ReadRow()
    {
        if (Reader.ReadRow()) return true;
        return Reader.Problem == RowProblem.None ? false : throw TextFileErrors.OfProblem(Name, Reader);
    }

    /// <summary>
    /// Goes to the header. Lines before it that start with two slashes are comments, and so are those that start with a number
    /// sign and have too few fields.
    /// </summary>
    internal bool ReadHeader(int leastFields)
    {
        while (ReadRow())
            if (!Reader.LooksLikeComment || (Reader.StartsWithNumberSign && Reader.FieldCount >= leastFields)) return true;
        return false;
    }

    public void Dispose() => Reader.Dispose();
}
