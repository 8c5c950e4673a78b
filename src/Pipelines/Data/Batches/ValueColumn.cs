namespace MLPipelines.Data;

/// <summary>One number, key, truth value or time per row, side by side in memory.</summary>
public sealed class ValueColumn<T> : BatchColumn
{
    private readonly T _missing;
    private T[] _values = [];

    public ValueColumn() : this(default!) { }

    internal ValueColumn(T missing) => _missing = missing;

    /// <summary>The values, one per row.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, RowCount);

    /// <summary>Sets the number of rows and gives their values to write; what they hold before is undefined.</summary>
    public Span<T> Resize(int rows)
    {
        if (_values.Length < rows) _values = new T[Math.Max(rows, 4)];
        RowCount = rows;
        return _values.AsSpan(0, rows);
    }

    public void Append(T value)
    {
        if (RowCount == _values.Length) Array.Resize(ref _values, Math.Max(16, RowCount * 2));
        _values[RowCount++] = value;
    }

    public override void Clear() => RowCount = 0;

    public override void AppendMissing() => Append(_missing);

    public override void Append(BatchColumn source, ReadOnlySpan<int> rows)
    {
        if (source is not ValueColumn<T> same) throw WrongKind(source);
        foreach (int row in rows) Append(same._values[row]);
    }

    public override BatchColumn CreateEmpty() => new ValueColumn<T>(_missing);

    internal override object? GetObject(int row) => _values[row];

    internal override Delegate CreateGetter(RowPlace place, int column) =>
        new ValueGetter<T>((ref T value) => value = ((ValueColumn<T>)place.Batch![column])._values[place.Row]);
}
