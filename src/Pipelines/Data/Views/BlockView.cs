namespace MLPipelines.Data;

/// <summary>A view of columns that are in memory as they are.</summary>
/// <param name="schema">The columns.</param>
/// <param name="blocks">Runs of rows: one column of values per column of the schema, all with the same number of rows.</param>
internal sealed class BlockView(DataViewSchema schema, IReadOnlyList<BatchColumn[]> blocks) : BatchView
{
    public override DataViewSchema Schema => schema;

    public override long? GetRowCount() => blocks.Sum(block => (long)block[0].RowCount);

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(blocks, columns);

    private sealed class Cursor(IReadOnlyList<BatchColumn[]> blocks, ColumnSet columns) : BatchCursor
    {
        private readonly Batch _batch = new(columns.Count);
        private int _next;

        public override Batch? Next()
        {
            if (_next > 0) _batch.FirstRow += _batch.RowCount;
            if (_next == blocks.Count) return null;
            BatchColumn[] block = blocks[_next++];
            foreach (int column in columns.Indices()) _batch[column] = block[column];
            _batch.RowCount = block[0].RowCount;
            return _batch;
        }
    }
}
