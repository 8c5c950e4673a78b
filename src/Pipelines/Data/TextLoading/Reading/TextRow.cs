using System.Globalization;

namespace MLPipelines.Data;

/// <summary>
/// The current row by the index of its fields. In a sparse row (<c>1 5 2:6 4:3</c>: the field 1, then five fields of which
/// the third is 6 and the fifth 3) most of them are not written down.
/// </summary>
internal sealed class TextRow(bool allowSparse, int inputSize)
{
    private DelimitedReader _reader = null!;
    private int[] _indices = [];
    private int[] _fields = [];
    private int _stored;

    /// <summary>Whether the row has a part in which fields that are 0 are left out.</summary>
    internal bool IsSparse { get; private set; }

    /// <summary>How many fields the row has, written down or not.</summary>
    internal int Count { get; private set; }

    /// <summary>Looks at the current row of a file; yields the number of its fields.</summary>
    internal int Take(TextFile file)
    {
        _reader = file.Reader;
        IsSparse = false;
        Count = _reader.FieldCount;
        if (allowSparse) TakeSparse(file);
        return Count;
    }

    /// <summary>A field; empty when the row does not have it.</summary>
    internal ReadOnlySpan<char> this[int index]
    {
        get
        {
            if (!IsSparse) return index < _reader.FieldCount ? _reader[index] : default;
            int at = _indices.AsSpan(0, _stored).BinarySearch(index);
            if (at < 0) return default;
            ReadOnlySpan<char> text = _reader[_fields[at]];
            return SparseIndex(_fields[at], out int valueStart) >= 0 ? text[valueStart..] : text;
        }
    }

    private void TakeSparse(TextFile file)
    {
        int first = 0;
        while (first < _reader.FieldCount && SparseIndex(first, out _) < 0) first++;
        if (first == _reader.FieldCount)
        {
            Count = Math.Max(Count, inputSize);
            return;
        }
        int start = first, size = inputSize - first;
        if (inputSize == 0)
        {
            // The last plain field is the number of sparse ones.
            start = first - 1;
            if (start < 0 || !int.TryParse(_reader[start], NumberStyles.None, CultureInfo.InvariantCulture, out size) || size <= 0)
                throw Wrong(file, first, "how many fields the sparse part has, before it or as InputSize");
        }
        if (_indices.Length < _reader.FieldCount) (_indices, _fields) = (new int[_reader.FieldCount * 2], new int[_reader.FieldCount * 2]);
        _stored = 0;
        for (int field = 0; field < start; field++) (_indices[_stored], _fields[_stored++]) = (field, field);
        int previous = -1;
        for (int field = first; field < _reader.FieldCount; field++)
        {
            int index = SparseIndex(field, out _);
            if (index < 0 && field == _reader.FieldCount - 1 && _reader[field].IsWhiteSpace()) break;
            if (index <= previous || index >= size)
                throw Wrong(file, field, string.Create(CultureInfo.InvariantCulture, $"index:value with rising indices from 0 to {size - 1}"));
            previous = index;
            (_indices[_stored], _fields[_stored++]) = (start + index, field);
        }
        IsSparse = true;
        Count = start + size;
    }

    /// <summary>The index in a field like 4:3; -1 when it is not like that.</summary>
    private int SparseIndex(int field, out int valueStart)
    {
        valueStart = 0;
        if (_reader.IsQuoted(field)) return -1;
        ReadOnlySpan<char> text = _reader[field];
        int colon = text.IndexOf(':');
        if (colon is < 1 or > 9 || !int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return -1;
        valueStart = colon + 1;
        return index;
    }

    private MLPipelinesException Wrong(TextFile file, int field, string expected) =>
        new($"{TextFileErrors.Place(file.Name, _reader)}: found {TextFileErrors.Shown(_reader[field])} in a sparse row, expected {expected}. If rows are not sparse, turn AllowSparse off, or quote the field.");
}
