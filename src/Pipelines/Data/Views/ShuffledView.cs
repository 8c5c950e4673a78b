namespace MLPipelines.Data;

/// <summary>The rows of a view in a random order that the seed fixes. All rows of the wanted columns are held in memory while it is read.</summary>
internal sealed class ShuffledView(BatchView source, int seed) : BatchView
{
    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns) => new Cursor(source, columns, seed);

    private sealed class Cursor(BatchView source, ColumnSet columns, int seed) : BatchCursor
    {
        private readonly Batch _output = new(columns.Count);
        private readonly int[] _indices = [.. columns.Indices()];
        private BatchColumn[]? _rows;
        private int[] _order = [];
        private int _next;

        public override Batch? Next()
        {
            if (_rows is null) Load();
            int count = Math.Min(Batch.DefaultRowCount, _order.Length - _next);
            if (count == 0) return null;
            for (int i = 0; i < _indices.Length; i++)
            {
                BatchColumn column = _rows![i].CreateEmpty();
                column.Append(_rows[i], _order.AsSpan(_next, count));
                _output[_indices[i]] = column;
            }
            (_output.RowCount, _output.FirstRow) = (count, _next);
            _next += count;
            return _output;
        }

        private void Load()
        {
            _rows = Array.ConvertAll(_indices, index => BatchColumn.Create(source.Schema[index].Type));
            int count = 0;
            using BatchCursor cursor = source.OpenBatches(columns);
            while (cursor.Next() is { } batch)
            {
                count += batch.RowCount;
                for (int i = 0; i < _indices.Length; i++) _rows[i].Append(batch[_indices[i]]);
            }
            _order = new int[count];
            for (int i = 0; i < count; i++) _order[i] = i;
            new Random(seed).Shuffle(_order);
        }
    }
}
