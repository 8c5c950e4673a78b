namespace MLPipelines.Data;

/// <summary>One text per row, all in one UTF-16 buffer with offsets.</summary>
public sealed class TextColumn : BatchColumn
{
    private char[] _chars = [];
    private int[] _ends = [];
    private int _length;
    private char[]? _snapshot;

    /// <summary>The text of a row; valid until the column is refilled.</summary>
    public ReadOnlySpan<char> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
            int start = row == 0 ? 0 : _ends[row - 1];
            return _chars.AsSpan(start, _ends[row] - start);
        }
    }

    /// <summary>The number of characters of all rows.</summary>
    internal int CharacterCount => _length;

    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Extend(text.Length));
        EndRow();
    }

    /// <summary>Room for more characters of the row under construction.</summary>
    internal Span<char> Extend(int count)
    {
        _snapshot = null;
        if (_length + count > _chars.Length) Array.Resize(ref _chars, Math.Max(Math.Max(64, _length + count), _chars.Length * 2));
        _length += count;
        return _chars.AsSpan(_length - count, count);
    }

    /// <summary>Gives back room that <see cref="Extend"/> took and that was not needed.</summary>
    internal void Shrink(int count) => _length -= count;

    internal void EndRow()
    {
        if (RowCount == _ends.Length) Array.Resize(ref _ends, Math.Max(16, RowCount * 2));
        _ends[RowCount++] = _length;
    }

    public override void Clear()
    {
        RowCount = 0;
        _length = 0;
        _snapshot = null;
    }

    public override void AppendMissing() => EndRow();

    public override void Append(BatchColumn source, ReadOnlySpan<int> rows)
    {
        if (source is not TextColumn same) throw WrongKind(source);
        foreach (int row in rows) Append(same[row]);
    }

    public override BatchColumn CreateEmpty() => new TextColumn();

    /// <summary>
    /// The text of a row as memory that stays as it is when the column is refilled: the characters are copied once per run
    /// of rows, on first use.
    /// </summary>
    internal ReadOnlyMemory<char> Keep(int row)
    {
        _snapshot ??= _chars.AsSpan(0, _length).ToArray();
        int start = row == 0 ? 0 : _ends[row - 1];
        return _snapshot.AsMemory(start, _ends[row] - start);
    }

    internal override object? GetObject(int row) => this[row].ToString();

    internal override Delegate CreateGetter(RowPlace place, int column) =>
        new ValueGetter<ReadOnlyMemory<char>>((ref ReadOnlyMemory<char> value) => value = ((TextColumn)place.Batch![column]).Keep(place.Row));
}
