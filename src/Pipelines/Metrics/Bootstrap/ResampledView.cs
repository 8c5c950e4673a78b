namespace MLPipelines.Data;

/// <summary>The rows of a view, each as many times as it is told, in their order.</summary>
/// <param name="source">The rows.</param>
/// <param name="times">How many times each row comes.</param>
internal sealed class ResampledView(BatchView source, int[] times) : BatchView
{
    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => times.Sum(count => (long)count);

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(source.OpenBatches(columns), columns, times);

    private sealed class Cursor(BatchCursor source, ColumnSet columns, int[] times) : BatchCursor
    {
        private readonly Batch _output = new(columns.Count);
        private readonly List<int> _rows = [];
        private int _read;
        private long _next;

        public override Batch? Next()
        {
            while (source.Next() is { } batch)
            {
                _rows.Clear();
                for (int row = 0; row < batch.RowCount; row++)
                    for (int i = times[_read + row]; i > 0; i--) _rows.Add(row);
                _read += batch.RowCount;
                if (_rows.Count == 0) continue;
                foreach (int index in columns.Indices())
                {
                    BatchColumn column = batch[index].CreateEmpty();
                    column.Append(batch[index], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows));
                    _output[index] = column;
                }
                (_output.RowCount, _output.FirstRow) = (_rows.Count, _next);
                _next += _rows.Count;
                return _output;
            }
            return null;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
