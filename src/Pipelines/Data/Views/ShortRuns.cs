namespace MLPipelines.Data;

/// <summary>Gives the rows of another cursor in runs that are no longer than asked for.</summary>
internal static class ShortRuns
{
    /// <param name="source">The rows.</param>
    /// <param name="columns">The columns that it was opened for.</param>
    /// <param name="rows">The length of a run at most.</param>
    internal static BatchCursor Of(BatchCursor source, ColumnSet columns, int rows) =>
        rows < Batch.DefaultRowCount ? new Cursor(source, columns, rows) : source;

    private sealed class Cursor(BatchCursor source, ColumnSet columns, int rows) : BatchCursor
    {
        private readonly int[] _indices = [.. columns.Indices()];
        private readonly Batch _output = new(columns.Count);
        private readonly BatchColumn?[] _parts = new BatchColumn?[columns.Count];
        private Batch? _long;
        private int _next;

        public override Batch? Next()
        {
            if (_long is null)
            {
                Batch? batch = source.Next();
                if (batch is null || batch.RowCount <= rows) return batch;
                (_long, _next) = (batch, 0);
            }
            int count = Math.Min(rows, _long.RowCount - _next);
            foreach (int index in _indices)
            {
                BatchColumn part = _parts[index] ??= _long[index].CreateEmpty();
                part.Clear();
                part.Append(_long[index], _next, count);
                _output[index] = part;
            }
            (_output.RowCount, _output.FirstRow) = (count, _long.FirstRow + _next);
            _next += count;
            if (_next == _long.RowCount) _long = null;
            return _output;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
