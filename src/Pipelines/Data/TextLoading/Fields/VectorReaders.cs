namespace MLPipelines.Data;

/// <summary>Fills a vector column from ranges of fields, one after the other.</summary>
internal sealed class VectorReader<T, TParser> : FieldReader where TParser : struct, IFieldParser<T>
{
    private readonly TParser _parser;
    private readonly VectorColumn<T> _column;
    private FieldRange[] _ranges = [];

    internal VectorReader(TParser parser, int size, bool isSparse)
    {
        _parser = parser;
        _column = new VectorColumn<T>(size);
        _column.Reset(size, isDense: !isSparse);
    }

    internal override BatchColumn Column => _column;

    internal override void Bind(FieldRange[] ranges) => _ranges = ranges;

    internal override int Read(TextRow row)
    {
        if (!_column.IsDense) return ReadSparse(row);
        Span<T> items = _column.AppendDense(_column.Size > 0 ? _column.Size : VariableLength.Of(_ranges, row));
        int item = 0;
        foreach (FieldRange range in _ranges)
        {
            int limit = range.IsVariable ? row.Count : range.Limit;
            for (int source = range.Min; source < limit; source++)
                if (!_parser.TryParse(row[source], out items[item++])) return source;
        }
        return Done;
    }

    private int ReadSparse(TextRow row)
    {
        int item = 0;
        foreach (FieldRange range in _ranges)
        {
            for (int source = range.Min; source < range.Limit; source++, item++)
            {
                // A field that a sparse row leaves out is 0, not missing.
                ReadOnlySpan<char> text = row[source];
                if (text.Length == 0 && row.IsSparse) continue;
                if (!_parser.TryParse(text, out T value)) return source;
                if (!EqualityComparer<T>.Default.Equals(value, default)) _column.AppendItem(item, value);
            }
        }
        _column.EndRow();
        return Done;
    }
}

/// <summary>Fills a column of lists of texts.</summary>
internal sealed class TextVectorReader(int size) : FieldReader
{
    private readonly TextVectorColumn _column = new(size);
    private FieldRange[] _ranges = [];

    internal override BatchColumn Column => _column;

    internal override void Bind(FieldRange[] ranges) => _ranges = ranges;

    internal override int Read(TextRow row)
    {
        foreach (FieldRange range in _ranges)
        {
            int limit = range.IsVariable ? row.Count : range.Limit;
            for (int source = range.Min; source < limit; source++) _column.AppendItem(row[source]);
        }
        _column.EndRow();
        return Done;
    }
}

/// <summary>The length of a vector that reaches to the end of each row.</summary>
internal static class VariableLength
{
    internal static int Of(FieldRange[] ranges, TextRow row)
    {
        int length = 0;
        foreach (FieldRange range in ranges) length += Math.Max(0, (range.IsVariable ? row.Count : range.Limit) - range.Min);
        return length;
    }
}
