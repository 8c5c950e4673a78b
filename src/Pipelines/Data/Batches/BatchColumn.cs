namespace MLPipelines.Data;

/// <summary>
/// The values of one column over a run of rows. A column's producer refills its buffers for the next run: a consumer
/// that keeps values copies them (<see cref="Append(BatchColumn, ReadOnlySpan{int})"/> into a column of its own).
/// </summary>
public abstract class BatchColumn
{
    private protected BatchColumn() { }

    /// <summary>The number of rows held.</summary>
    public int RowCount { get; private protected set; }

    /// <summary>Empties the column, keeping its memory and shape.</summary>
    public abstract void Clear();

    /// <summary>Appends the rows of another column of the same kind, in the order given.</summary>
    public abstract void Append(BatchColumn source, ReadOnlySpan<int> rows);

    /// <summary>An empty column of the same kind and shape.</summary>
    public abstract BatchColumn CreateEmpty();

    /// <summary>Appends one row of missing values: NaN, key 0, empty text, an empty or all-default vector.</summary>
    public abstract void AppendMissing();

    /// <summary>The value of a row as an object: a number, a string, or an array of these.</summary>
    internal abstract object? GetObject(int row);

    /// <summary>A getter that reads the row that <paramref name="place"/> points at when it is called.</summary>
    internal abstract Delegate CreateGetter(RowPlace place, int column);

    /// <summary>An empty column for values of a type.</summary>
    public static BatchColumn Create(DataViewType type) =>
        RawTypes.DispatchColumn(type, new Factory(type));

    /// <summary>Appends every row of another column of the same kind.</summary>
    public void Append(BatchColumn source) => Append(source, 0, source.RowCount);

    /// <summary>Appends a run of rows of another column of the same kind.</summary>
    public void Append(BatchColumn source, int first, int count)
    {
        Span<int> rows = stackalloc int[256];
        for (int end = first + count; first < end; first += rows.Length)
        {
            count = Math.Min(rows.Length, end - first);
            for (int i = 0; i < count; i++) rows[i] = first + i;
            Append(source, rows[..count]);
        }
    }

    private protected InvalidOperationException WrongKind(BatchColumn source) =>
        new($"Rows of {source.GetType().Name} cannot be appended to {GetType().Name}.");

    private sealed class Factory(DataViewType type) : RawTypes.IVisitor<BatchColumn>
    {
        public BatchColumn Visit<T>()
        {
            bool text = typeof(T) == typeof(ReadOnlyMemory<char>);
            if (type is VectorDataViewType vector)
                return text ? new TextVectorColumn(vector.Size) : new VectorColumn<T>(vector.Size);
            return text ? new TextColumn() : new ValueColumn<T>(MissingValue.Of<T>());
        }
    }
}
