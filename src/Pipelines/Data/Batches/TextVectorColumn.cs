namespace MLPipelines.Data;

/// <summary>A list of texts per row, all in one buffer: item offsets, and the row offsets over the items.</summary>
public sealed class TextVectorColumn : BatchColumn
{
    private readonly TextColumn _items = new();
    private int[] _starts = [0];

    /// <param name="size">The number of texts of every row; 0 when rows differ.</param>
    public TextVectorColumn(int size) => Size = size;

    public int Size { get; }

    /// <summary>The texts of all rows, one after the other.</summary>
    public TextColumn Items => _items;

    /// <summary>Where each row starts in <see cref="Items"/>; one more entry than rows.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, RowCount + 1);

    public int LengthOf(int row) => _starts[row + 1] - _starts[row];

    public ReadOnlySpan<char> this[int row, int item] => _items[_starts[row] + item];

    /// <summary>Adds one text to the row under construction; <see cref="EndRow"/> closes it.</summary>
    public void AppendItem(ReadOnlySpan<char> text) => _items.Append(text);

    public void EndRow()
    {
        if (Size != 0 && _items.RowCount - _starts[RowCount] != Size)
            throw new InvalidOperationException($"A row of {_items.RowCount - _starts[RowCount]} texts does not fit a column of size {Size}.");
        if (RowCount + 1 >= _starts.Length) Array.Resize(ref _starts, Math.Max(16, _starts.Length * 2));
        _starts[++RowCount] = _items.RowCount;
    }

    public override void Clear()
    {
        RowCount = 0;
        _items.Clear();
    }

    public override void AppendMissing()
    {
        for (int i = 0; i < Size; i++) _items.AppendMissing();
        EndRow();
    }

    public override void Append(BatchColumn source, ReadOnlySpan<int> rows)
    {
        if (source is not TextVectorColumn same) throw WrongKind(source);
        foreach (int row in rows)
        {
            for (int item = 0; item < same.LengthOf(row); item++) AppendItem(same[row, item]);
            EndRow();
        }
    }

    public override BatchColumn CreateEmpty() => new TextVectorColumn(Size);

    internal override object? GetObject(int row)
    {
        string[] items = new string[LengthOf(row)];
        for (int item = 0; item < items.Length; item++) items[item] = this[row, item].ToString();
        return items;
    }

    internal override Delegate CreateGetter(RowPlace place, int column) =>
        new ValueGetter<VBuffer<ReadOnlyMemory<char>>>((ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var texts = (TextVectorColumn)place.Batch![column];
            int start = texts._starts[place.Row], count = texts._starts[place.Row + 1] - start;
            var editor = VBufferEditor.Create(ref value, count);
            for (int i = 0; i < count; i++) editor.Values[i] = texts._items.Keep(start + i);
            value = editor.Commit();
        });
}
