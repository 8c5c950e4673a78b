using MLPipelines.Data;

namespace MLPipelines;

/// <summary>A view of one row that is filled anew for every prediction; reading it never ends.</summary>
internal sealed class OneRowView : BatchView
{
    private readonly BatchColumn?[] _columns;
    private readonly Batch _batch;

    internal OneRowView(DataViewSchema schema)
    {
        Schema = schema;
        _columns = new BatchColumn?[schema.Count];
        _batch = new Batch(schema.Count) { RowCount = 1 };
    }

    public override DataViewSchema Schema { get; }

    public override long? GetRowCount() => 1;

    /// <summary>The columns that somebody reads; the others are <see langword="null"/>.</summary>
    internal BatchColumn?[] Columns => _columns;

    internal void Clear()
    {
        foreach (BatchColumn? column in _columns) column?.Clear();
    }

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        foreach (int index in columns.Indices())
            if (_columns[index] is null) _batch[index] = _columns[index] = BatchColumn.Create(Schema[index].Type);
        return new Cursor(_batch);
    }

    private sealed class Cursor(Batch batch) : BatchCursor
    {
        public override Batch? Next() => batch;
    }
}
