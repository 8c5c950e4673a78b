namespace MLPipelines.Data;

/// <summary>Keeps what is read of a view in memory, column by column, so that it is computed once.</summary>
internal sealed class CachedView(BatchView source, IReadOnlyList<int>? prefetch = null) : BatchView
{
    private readonly Lock _lock = new();
    private readonly BatchColumn?[][] _columns = new BatchColumn?[source.Schema.Count][];
    private int[]? _rowCounts;
    private bool _prefetched;

    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => _rowCounts?.Sum(count => (long)count) ?? source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        lock (_lock)
        {
            int[] missing = [.. columns.Indices().Union(_prefetched ? [] : prefetch ?? []).Where(index => _columns[index] is null)];
            if (missing.Length > 0 || _rowCounts is null) Read(missing);
            _prefetched = true;
        }
        return new Cursor(this, columns);
    }

    private void Read(int[] indices)
    {
        List<int> counts = [];
        var kept = Array.ConvertAll(indices, _ => new List<BatchColumn>());
        using BatchCursor cursor = source.OpenBatches(ColumnSet.Of(Schema, indices));
        while (cursor.Next() is { } batch)
        {
            counts.Add(batch.RowCount);
            for (int i = 0; i < indices.Length; i++)
            {
                BatchColumn copy = batch[indices[i]].CreateEmpty();
                copy.Append(batch[indices[i]]);
                kept[i].Add(copy);
            }
        }
        for (int i = 0; i < indices.Length; i++) _columns[indices[i]] = [.. kept[i]];
        if (_rowCounts is not null && !_rowCounts.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(counts)))
            throw new InvalidOperationException("The data changed between two readings: the second one had other rows than the first.");
        _rowCounts = [.. counts];
    }

    private sealed class Cursor(CachedView view, ColumnSet columns) : BatchCursor
    {
        private readonly Batch _batch = new(columns.Count);
        private int _index = -1;
        private long _next;

        public override Batch? Next()
        {
            if (++_index >= view._rowCounts!.Length) return null;
            foreach (int column in columns.Indices()) _batch[column] = view._columns[column][_index]!;
            (_batch.RowCount, _batch.FirstRow) = (view._rowCounts[_index], _next);
            _next += _batch.RowCount;
            return _batch;
        }
    }
}
