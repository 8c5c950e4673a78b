namespace MLPipelines.Data;

/// <summary>
/// The rows of a view in a random order that the seed fixes. Each row is drawn from a pool of the rows that come next: as many of
/// them as the pool takes are held in memory, of the wanted columns only.
/// </summary>
/// <param name="source">The rows.</param>
/// <param name="seed">Fixes the order.</param>
/// <param name="poolSize">How many rows to draw from; <see cref="All"/> makes every order of all rows equally likely.</param>
internal sealed class ShuffledView(BatchView source, int seed, int poolSize) : BatchView
{
    internal const int All = int.MaxValue;

    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(ColumnSet columns)
    {
        var random = new HybridTausworthe(seed);
        // ML.NET first draws a generator for sources that can be read in random order; then the orders of small data are the same.
        if (poolSize == All) _ = new HybridTausworthe(random);
        return new Cursor(source, columns, random, poolSize);
    }

    private sealed class Cursor : BatchCursor
    {
        private readonly BatchCursor _source;
        private readonly int[] _indices;
        private readonly HybridTausworthe _random;
        private readonly int _poolSize;
        private readonly Batch _output;
        private BatchColumn[] _held;
        private BatchColumn[] _spare;
        private readonly BatchColumn[] _drawn;

        // The rows that were not drawn yet are _order[_first.._count].
        private int[] _order = [];
        private int _first;
        private int _count;
        private bool _ended;

        internal Cursor(BatchView source, ColumnSet columns, HybridTausworthe random, int poolSize)
        {
            (_random, _poolSize) = (random, poolSize);
            _source = source.OpenBatches(columns);
            _indices = [.. columns.Indices()];
            _held = CreateColumns(source.Schema);
            _spare = CreateColumns(source.Schema);
            _drawn = CreateColumns(source.Schema);
            _output = new Batch(columns.Count);
        }

        public override Batch? Next()
        {
            _output.FirstRow += _output.RowCount;
            FillPool();
            int rows = Math.Min(Batch.DefaultRowCount, _ended ? _count - _first : _count - _first - _poolSize + 1);
            if (rows == 0) return null;
            for (int i = _first; i < _first + rows; i++)
            {
                int from = i + _random.Next(Math.Min(_count - i, _poolSize));
                (_order[i], _order[from]) = (_order[from], _order[i]);
            }
            for (int i = 0; i < _indices.Length; i++)
            {
                _drawn[i].Clear();
                _drawn[i].Append(_held[i], _order.AsSpan(_first, rows));
                _output[_indices[i]] = _drawn[i];
            }
            _first += rows;
            _output.RowCount = rows;
            return _output;
        }

        private void FillPool()
        {
            if (_ended || _count - _first >= _poolSize) return;
            LetGoOfDrawn();
            while (_count < _poolSize)
            {
                if (_source.Next() is not { } batch)
                {
                    _ended = true;
                    return;
                }
                for (int i = 0; i < _indices.Length; i++) _held[i].Append(batch[_indices[i]]);
                int count = checked(_count + batch.RowCount);
                if (_order.Length < count) Array.Resize(ref _order, (int)Math.Min(Math.Max(count, _order.Length * 2L), Array.MaxLength));
                for (; _count < count; _count++) _order[_count] = _count;
            }
        }

        private void LetGoOfDrawn()
        {
            for (int i = 0; i < _indices.Length; i++)
            {
                _spare[i].Clear();
                _spare[i].Append(_held[i], _order.AsSpan(_first, _count - _first));
            }
            (_held, _spare) = (_spare, _held);
            (_first, _count) = (0, _count - _first);
            for (int i = 0; i < _count; i++) _order[i] = i;
        }

        private BatchColumn[] CreateColumns(DataViewSchema schema) => Array.ConvertAll(_indices, index => BatchColumn.Create(schema[index].Type));

        protected override void Dispose(bool disposing) => _source.Dispose();
    }
}
