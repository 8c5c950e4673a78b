using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// Applies a transformer to a view with several threads, a run of rows each, and yields what comes of them in order. At most
/// as many runs as there are threads, and one more, are in memory. The source is read by the thread that asks for results.
/// </summary>
internal sealed class ParallelBatches<TResult> : IDisposable
{
    private readonly BatchCursor _source;
    private readonly Slot[] _slots;
    private readonly CancellationToken _cancellation;
    private int _oldest;
    private int _running;
    private bool _ended;
    private Slot? _given;

    /// <param name="source">The rows.</param>
    /// <param name="transformer">Computes each row from that row alone.</param>
    /// <param name="outputs">The columns of the transformed schema that are wanted.</param>
    /// <param name="threads">How many threads work.</param>
    /// <param name="createFinish">Makes, for one thread, what turns a transformed run of rows into a result. A result is valid until the next one is asked for.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal ParallelBatches(BatchView source, ITransformer transformer, IReadOnlyList<int> outputs, int threads, Func<Func<Batch, TResult>> createFinish, CancellationToken cancellation)
    {
        if (!transformer.IsRowToRowMapper) throw new ArgumentException("Rows are computed by several threads only where each depends on itself alone.", nameof(transformer));
        _cancellation = cancellation;
        _slots = [.. Enumerable.Range(0, threads + 1).Select(_ => new Slot(source.Schema, transformer, outputs, createFinish()))];
        var needed = ColumnSet.Of(source.Schema, _slots[0].Input.Needed);
        // A slot computes a run of rows in one go.
        _source = ShortRuns.Of(source.OpenBatches(needed), needed, _slots[0].RowsAtOnce);
    }

    /// <summary>The next result, in the order of the rows; <see langword="false"/> at the end.</summary>
    internal bool TryNext(out TResult result)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_given is not null)
        {
            _oldest = (_oldest + 1) % _slots.Length;
            _running--;
            _given = null;
        }
        while (!_ended && _running < _slots.Length)
        {
            if (_source.Next() is not { } batch)
            {
                _ended = true;
                break;
            }
            _slots[(_oldest + _running++) % _slots.Length].Start(batch);
        }
        result = default!;
        if (_running == 0) return false;
        _given = _slots[_oldest];
        result = _given.Result();
        return true;
    }

    public void Dispose()
    {
        for (int i = 0; i < _running; i++) _slots[(_oldest + i) % _slots.Length].Abandon();
        _source.Dispose();
    }

    /// <summary>One run of rows on its way.</summary>
    private sealed class Slot
    {
        private readonly BatchCursor _cursor;
        private readonly Func<Batch, TResult> _finish;
        private Task<TResult>? _task;

        internal Slot(DataViewSchema schema, ITransformer transformer, IReadOnlyList<int> outputs, Func<Batch, TResult> finish)
        {
            _finish = finish;
            Input = new FilledView(schema);
            BatchView output = BatchView.Of(transformer.Transform(Input));
            _cursor = output.OpenBatches(ColumnSet.Of(output.Schema, outputs));
            RowsAtOnce = output.RowsAtOnce;
        }

        internal FilledView Input { get; }

        internal int RowsAtOnce { get; }

        internal void Start(Batch batch)
        {
            Input.Fill(batch);
            _task = Task.Run(() => _finish(_cursor.Next()!));
        }

        internal TResult Result() => _task!.GetAwaiter().GetResult();

        internal void Abandon()
        {
            // What a run that nobody wants any more comes to does not matter, only that it does not run on.
            if (_task is not null) Task.WaitAny(_task);
        }
    }
}
