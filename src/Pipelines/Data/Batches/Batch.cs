namespace MLPipelines.Data;

/// <summary>A run of consecutive rows, stored by column. Columns that nobody asked for are absent.</summary>
public sealed class Batch
{
    /// <summary>How many rows the library reads at a time.</summary>
    public const int DefaultRowCount = 4096;

    // In a structure, a column is put into its place without a look at its type.
    private readonly Place[] _columns;

    /// <param name="columnCount">The number of columns of the schema that the batch follows.</param>
    public Batch(int columnCount) => _columns = new Place[columnCount];

    public int RowCount { get; set; }

    /// <summary>The position of the first row in the view that the batch comes from.</summary>
    public long FirstRow { get; set; }

    public int ColumnCount => _columns.Length;

    /// <summary>The column at a schema index.</summary>
    public BatchColumn this[int index]
    {
        get => _columns[index].Column ?? throw NotAskedFor(index);
        set => _columns[index].Column = value;
    }

    public bool Has(int index) => _columns[index].Column is not null;

    /// <summary>Takes over the columns of another batch, starting at this one's first.</summary>
    internal void Share(Batch other)
    {
        other._columns.AsSpan().CopyTo(_columns);
        (RowCount, FirstRow) = (other.RowCount, other.FirstRow);
    }

    private static InvalidOperationException NotAskedFor(int index) => new($"Column {index} was not asked for when the data was opened.");

    private struct Place
    {
        internal BatchColumn? Column;
    }
}

/// <summary>A row of a batch that moves: what row getters look at.</summary>
internal sealed class RowPlace
{
    internal Batch? Batch { get; set; }

    internal int Row { get; set; }
}
