namespace MLPipelines.Data;

/// <summary>
/// A view made of columnar batches: the base of every view in the library. Row cursors look into the batches.
/// </summary>
public abstract class BatchView : IDataView
{
    public abstract DataViewSchema Schema { get; }

    public virtual bool CanShuffle => false;

    public virtual long? GetRowCount() => null;

    /// <summary>How many rows a step that the view is made of computes at once at most.</summary>
    internal virtual int RowsAtOnce => int.MaxValue;

    /// <summary>Starts reading the wanted columns, from the first row.</summary>
    public abstract BatchCursor OpenBatches(ColumnSet columns);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ColumnSet columns = ColumnSet.Of(Schema, columnsNeeded);
        return new BatchRowCursor(Schema, columns, OpenBatches(columns));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The view itself when it is one of ours; otherwise one that reads its rows into batches.</summary>
    public static BatchView Of(IDataView view) => view as BatchView ?? new ForeignView(view);

    /// <summary>Reads all the rows of the columns with these indices into columns of their own, in the order asked.</summary>
    internal BatchColumn[] ReadColumns(params int[] indices)
    {
        var kept = Array.ConvertAll(indices, index => BatchColumn.Create(Schema[index].Type));
        using BatchCursor cursor = OpenBatches(ColumnSet.Of(Schema, indices));
        while (cursor.Next() is { } batch)
            for (int i = 0; i < indices.Length; i++) kept[i].Append(batch[indices[i]]);
        return kept;
    }
}
