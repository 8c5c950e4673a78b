namespace MLPipelines.Data;

/// <summary>
/// Chooses rows of the batches of one reading, in order; a row may be chosen several times. Returns <see langword="false"/> when no
/// later row can be wanted.
/// </summary>
internal delegate bool RowSelector(Batch batch, List<int> selected);

/// <summary>A view of some of the rows of another.</summary>
internal sealed class RowSelectionView(BatchView source, Func<RowSelector> createSelector, IReadOnlyList<int>? selectorColumns = null, Func<long?>? rowCount = null) : BatchView
{
    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => rowCount?.Invoke();

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        ColumnSet needed = selectorColumns is null ? columns : ColumnSet.Of(Schema, columns.Indices().Concat(selectorColumns));
        return new Cursor(source.OpenBatches(needed), columns, createSelector());
    }

    private sealed class Cursor(BatchCursor source, ColumnSet columns, RowSelector select) : BatchCursor
    {
        private readonly List<int> _selected = [];
        private readonly Batch _output = new(columns.Count);
        private readonly BatchColumn?[] _gathered = new BatchColumn?[columns.Count];
        private bool _more = true;
        private long _next;

        public override Batch? Next()
        {
            while (_more && source.Next() is { } batch)
            {
                _selected.Clear();
                _more = select(batch, _selected);
                if (_selected.Count == 0) continue;
                bool all = IsAll(batch.RowCount);
                foreach (int index in columns.Indices()) _output[index] = all ? batch[index] : Gather(batch[index], index);
                (_output.RowCount, _output.FirstRow) = (_selected.Count, _next);
                _next += _selected.Count;
                return _output;
            }
            return null;
        }

        private bool IsAll(int rowCount)
        {
            if (_selected.Count != rowCount) return false;
            for (int row = 0; row < rowCount; row++)
                if (_selected[row] != row) return false;
            return true;
        }

        private BatchColumn Gather(BatchColumn all, int index)
        {
            BatchColumn some = _gathered[index] ??= all.CreateEmpty();
            some.Clear();
            some.Append(all, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_selected));
            return some;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
