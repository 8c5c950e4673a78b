namespace MLPipelines.Data;

/// <summary>Gives batches over a view from elsewhere that only has row cursors.</summary>
internal sealed class ForeignView(IDataView source) : BatchView
{
    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns) =>
        new Cursor(columns, source.GetRowCursor(columns.Indices().Select(i => source.Schema[i]), rand: null));

    private sealed class Cursor : BatchCursor
    {
        private readonly DataViewRowCursor _rows;
        private readonly Batch _batch;
        private readonly List<(BatchColumn Column, Action Append)> _columns = [];
        private long _next;

        internal Cursor(ColumnSet columns, DataViewRowCursor rows)
        {
            _rows = rows;
            _batch = new Batch(columns.Count);
            foreach (int index in columns.Indices())
            {
                var schemaColumn = rows.Schema[index];
                BatchColumn column = BatchColumn.Create(schemaColumn.Type);
                _batch[index] = column;
                _columns.Add((column, RowAppender.Create(rows, schemaColumn, column)));
            }
        }

        public override Batch? Next()
        {
            foreach (var (column, _) in _columns) column.Clear();
            int count = 0;
            while (count < Batch.DefaultRowCount && _rows.MoveNext())
            {
                foreach (var (_, append) in _columns) append();
                count++;
            }
            (_batch.RowCount, _batch.FirstRow) = (count, _next);
            _next += count;
            return count > 0 ? _batch : null;
        }

        protected override void Dispose(bool disposing) => _rows.Dispose();
    }
}
