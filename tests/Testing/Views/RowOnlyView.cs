using MLPipelines.Data;

namespace MLPipelines.Testing;

/// <summary>A view as another library would make it: it has row cursors and nothing else.</summary>
public sealed class RowOnlyView(IDataView source) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => source.GetRowCursor(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>One row again and again, in runs of one row that share their memory: what a prediction engine feeds a model.</summary>
public sealed class RepeatedRowView(IDataView source, int row) : BatchView
{
    private readonly MemoryView _row = MemoryView.Copy(source, [row], batchSize: 1);

    public override DataViewSchema Schema => _row.Schema;

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(_row.OpenBatches(columns));

    private sealed class Cursor(BatchCursor source) : BatchCursor
    {
        private readonly Batch _batch = source.Next()!;

        public override Batch? Next() => _batch;
    }
}
