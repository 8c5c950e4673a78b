namespace MLPipelines.Data;

/// <summary>Chooses rows of the batches of one reading, in order. Returns <see langword="false"/> when no later row can be wanted.</summary>
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
        private bool _more = true;
        private long _next;

        public override Batch? Next()
        {
            while (_more && source.Next() is { } batch)
            {
                _selected.Clear();
                _more = select(batch, _selected);
                if (_selected.Count == 0) continue;
                foreach (int index in columns.Indices()) _output[index] = Gather(batch, index);
                (_output.RowCount, _output.FirstRow) = (_selected.Count, _next);
                _next += _selected.Count;
                return _output;
            }
            return null;
        }

        private BatchColumn Gather(Batch batch, int index)
        {
            BatchColumn all = batch[index];
            if (_selected.Count == batch.RowCount) return all;
            BatchColumn some = all.CreateEmpty();
            some.Append(all, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_selected));
            return some;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
