using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLPipelines.Data;

/// <summary>The rows of a sequence of objects. The sequence is gone through each time that the view is read.</summary>
internal sealed class EnumerableView<[DynamicallyAccessedMembers(RowTypeMembers.Needed)] TRow>(IEnumerable<TRow> rows, RowBinder<TRow> binder) : BatchView
{
    public override DataViewSchema Schema => binder.Schema;

    public override long? GetRowCount() => rows.TryGetNonEnumeratedCount(out int count) ? count : null;

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(rows.GetEnumerator(), binder, columns);

    private sealed class Cursor : BatchCursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly RowBinder<TRow> _binder;
        private readonly BatchColumn?[] _columns;
        private readonly Batch _batch;
        private long _next;

        internal Cursor(IEnumerator<TRow> rows, RowBinder<TRow> binder, ColumnSet columns)
        {
            (_rows, _binder) = (rows, binder);
            _columns = new BatchColumn?[columns.Count];
            _batch = new Batch(columns.Count);
            foreach (int index in columns.Indices()) _batch[index] = _columns[index] = BatchColumn.Create(binder.Schema[index].Type);
        }

        public override Batch? Next()
        {
            foreach (BatchColumn? column in _columns) column?.Clear();
            int count = 0;
            while (count < Batch.DefaultRowCount && _rows.MoveNext())
            {
                if (_rows.Current is null) throw AtRow(count, "found null, expected a row.");
                try
                {
                    _binder.Append(_rows.Current, _columns);
                }
                catch (MLPipelinesException e)
                {
                    throw AtRow(count, e.Message, e);
                }
                count++;
            }
            (_batch.RowCount, _batch.FirstRow) = (count, _next);
            _next += count;
            return count > 0 ? _batch : null;
        }

        private MLPipelinesException AtRow(int row, string problem, Exception? inner = null) =>
            new(string.Create(CultureInfo.InvariantCulture, $"Row {_next + row} of the sequence: {problem}"), inner!);

        protected override void Dispose(bool disposing) => _rows.Dispose();
    }
}
