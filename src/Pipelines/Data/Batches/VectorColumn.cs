namespace MLPipelines.Data;

/// <summary>
/// One vector per row: dense rows side by side, or sparse rows as CSR (row offsets, indices, values). All rows of a run
/// are of one kind. Rows of varying length (<see cref="Size"/> 0) are dense.
/// </summary>
public sealed class VectorColumn<T> : BatchColumn
{
    private T[] _values = [];
    private int[] _indices = [];
    private int[] _starts = [0];
    private int _count;

    /// <summary>How many rows start at multiples of the size, as far as is known.</summary>
    private int _evenRows;

    public VectorColumn(int size) => Size = size;

    /// <summary>The length of every row; 0 when rows differ.</summary>
    public int Size
    {
        get;
        private set
        {
            if (field != value) _evenRows = 0;
            field = value;
        }
    }

    public bool IsDense
    {
        get;
        private set
        {
            if (!value) _evenRows = 0;
            field = value;
        }
    } = true;

    /// <summary>All stored items, row after row.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, _count);

    /// <summary>The index of every stored item, row after row; empty when dense.</summary>
    public ReadOnlySpan<int> Indices => IsDense ? default : _indices.AsSpan(0, _count);

    /// <summary>Where each row starts in <see cref="Values"/>; one more entry than rows.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, RowCount + 1);

    public RowVector<T> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
            int start = _starts[row], count = _starts[row + 1] - start;
            return new RowVector<T>(IsDense ? count : Size, _values.AsSpan(start, count), IsDense ? default : _indices.AsSpan(start, count), IsDense);
        }
    }

    public override void Clear() => RowCount = _count = 0;

    /// <summary>Empties the column and sets what its rows are.</summary>
    public void Reset(int size, bool isDense)
    {
        if (size == 0 && !isDense) throw new ArgumentException("Rows of varying length are dense.", nameof(isDense));
        Clear();
        (Size, IsDense) = (size, isDense);
    }

    /// <summary>Appends a dense row and gives its items to write; what they hold before is undefined.</summary>
    public Span<T> AppendDense(int length)
    {
        if (!IsDense || (Size != 0 && length != Size))
            throw new InvalidOperationException($"A dense row of {length} items does not fit a {(IsDense ? "dense" : "sparse")} column of size {Size}.");
        Reserve(length);
        _count += length;
        EndRow();
        return _values.AsSpan(_count - length, length);
    }

    public void Append(ReadOnlySpan<T> values) => values.CopyTo(AppendDense(values.Length));

    /// <summary>The items of the dense row that was appended last, to write.</summary>
    internal Span<T> LastRow() => _values.AsSpan(_starts[RowCount - 1], _count - _starts[RowCount - 1]);

    /// <summary>Appends a sparse row; indices rise.</summary>
    public void Append(ReadOnlySpan<int> indices, ReadOnlySpan<T> values)
    {
        if (IsDense) throw new InvalidOperationException("A sparse row does not fit a dense column.");
        Reserve(values.Length);
        values.CopyTo(_values.AsSpan(_count));
        indices.CopyTo(_indices.AsSpan(_count));
        _count += values.Length;
        EndRow();
    }

    /// <summary>Stores one item of the sparse row under construction; <see cref="EndRow"/> closes it.</summary>
    public void AppendItem(int index, T value)
    {
        Reserve(1);
        _indices[_count] = index;
        _values[_count++] = value;
    }

    /// <summary>Stores items of the sparse row under construction, with their indices moved by an offset; <see cref="EndRow"/> closes it.</summary>
    public void AppendItems(ReadOnlySpan<int> indices, ReadOnlySpan<T> values, int offset)
    {
        Reserve(values.Length);
        values.CopyTo(_values.AsSpan(_count));
        System.Numerics.Tensors.TensorPrimitives.Add(indices, offset, _indices.AsSpan(_count, values.Length));
        _count += values.Length;
    }

    /// <summary>Closes the sparse row made of the items stored since the last one.</summary>
    public void EndRow()
    {
        if (RowCount + 1 >= _starts.Length) Array.Resize(ref _starts, Math.Max(16, _starts.Length * 2));
        _starts[++RowCount] = _count;
    }

    /// <summary>Makes dense rows of the column's size and gives all their items to write, row after row; what they hold before is undefined.</summary>
    public Span<T> Resize(int rows)
    {
        if (Size == 0) throw new InvalidOperationException("Rows of varying length are appended one by one.");
        Reset(Size, isDense: true);
        Reserve(checked(rows * Size));
        _count = rows * Size;
        if (_starts.Length <= rows) Array.Resize(ref _starts, rows + 1);
        if (_evenRows < rows)
        {
            for (int i = 0; i <= rows; i++) _starts[i] = i * Size;
            _evenRows = rows;
        }
        RowCount = rows;
        return _values.AsSpan(0, _count);
    }

    /// <summary>Takes over the rows of another column: lengths, kind, and which items are stored; gives those to write.</summary>
    public Span<T> ResizeLike<TOther>(VectorColumn<TOther> other)
    {
        Reset(other.Size, other.IsDense);
        _evenRows = 0;
        Reserve(other._count);
        _count = other._count;
        if (!IsDense) other.Indices.CopyTo(_indices);
        if (_starts.Length <= other.RowCount) _starts = new int[other.RowCount + 1];
        other.Starts.CopyTo(_starts);
        RowCount = other.RowCount;
        return _values.AsSpan(0, _count);
    }

    /// <summary>Appends a row of either kind; a sparse row makes an empty dense column of known size sparse.</summary>
    public void Append(RowVector<T> row)
    {
        if (RowCount == 0 && Size != 0) IsDense = row.IsDense;
        if (row.IsDense == IsDense)
        {
            if (IsDense) Append(row.Values);
            else Append(row.Indices, row.Values);
        }
        else if (IsDense)
        {
            row.CopyTo(AppendDense(row.Length));
        }
        else
        {
            var comparer = EqualityComparer<T>.Default;
            for (int i = 0; i < row.Values.Length; i++)
                if (!comparer.Equals(row.Values[i], default)) AppendItem(i, row.Values[i]);
            EndRow();
        }
    }

    public override void AppendMissing()
    {
        if (IsDense && Size > 0) AppendDense(Size).Fill(MissingValue.Of<T>());
        else EndRow();
    }

    public override void Append(BatchColumn source, ReadOnlySpan<int> rows)
    {
        if (source is not VectorColumn<T> same) throw WrongKind(source);
        foreach (int row in rows) Append(same[row]);
    }

    public override BatchColumn CreateEmpty() => new VectorColumn<T>(Size) { IsDense = IsDense };

    internal override object? GetObject(int row)
    {
        RowVector<T> vector = this[row];
        T[] items = new T[vector.Length];
        vector.CopyTo(items);
        return items;
    }

    internal override Delegate CreateGetter(RowPlace place, int column) => new ValueGetter<VBuffer<T>>((ref VBuffer<T> value) =>
    {
        RowVector<T> row = ((VectorColumn<T>)place.Batch![column])[place.Row];
        var editor = VBufferEditor.Create(ref value, row.Length, row.Values.Length);
        row.Values.CopyTo(editor.Values);
        if (editor.Indices.Length > 0) row.Indices.CopyTo(editor.Indices);
        value = editor.Commit();
    });

    private void Reserve(int more)
    {
        int needed = checked(_count + more);
        if (needed > _values.Length) Array.Resize(ref _values, Math.Max(Math.Max(16, needed), (int)Math.Min(_values.Length * 2L, Array.MaxLength)));
        if (!IsDense && _indices.Length < _values.Length) Array.Resize(ref _indices, _values.Length);
    }
}
