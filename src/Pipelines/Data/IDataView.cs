using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Writes a value where it is asked to; memory that the destination already has may be reused.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>
/// Rows of named, typed columns that are computed when they are read. A view never changes; reading it twice yields the
/// same rows. Implementations outside the library need only row cursors.
/// </summary>
public interface IDataView
{
    bool CanShuffle { get; }

    DataViewSchema Schema { get; }

    /// <summary>The number of rows, or <see langword="null"/> when it is not known without reading them.</summary>
    long? GetRowCount();

    /// <summary>Reads row by row; only the columns asked for can be read.</summary>
    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    /// <summary>One or more cursors that together yield every row once.</summary>
    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);
}

/// <summary>One row whose values are computed on request.</summary>
public abstract class DataViewRow : IDisposable
{
    public abstract DataViewSchema Schema { get; }

    /// <summary>The number of rows before this one; -1 before the first.</summary>
    public abstract long Position { get; }

    /// <summary>Which of several runs of rows this one belongs to.</summary>
    public abstract long Batch { get; }

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public abstract bool IsColumnActive(DataViewSchema.Column column);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) { }
}

/// <summary>A row that moves from the first to the last.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    /// <summary>Goes to the next row; <see langword="false"/> at the end.</summary>
    public abstract bool MoveNext();
}

/// <summary>Shorter ways to open a cursor.</summary>
public static class DataViewExtensions
{
    public static DataViewRowCursor GetRowCursor(this IDataView view, params DataViewSchema.Column[] columnsNeeded) =>
        view.GetRowCursor(columnsNeeded, rand: null);

    public static DataViewRowCursor GetRowCursorForAllColumns(this IDataView view) => view.GetRowCursor(view.Schema, rand: null);
}
