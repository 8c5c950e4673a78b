using System.Diagnostics;

namespace MLPipelines.Server;

/// <summary>
/// Lets as many requests of a model score at the same time as there are processors. A request that comes while one is free is scored at once, on its own thread; those that
/// come while all are busy wait, and go through the model together as soon as one is free: the busier the server, the larger the batches, and nobody waits for a timer.
/// </summary>
internal sealed class ScoringQueue(ServedModel model, ScoringQueueOptions options) : IThreadPoolWorkItem
{
    /// <summary>What takes longer than this is computed on another thread, so that the request can be answered when its deadline passes.</summary>
    private static readonly long Quick = Stopwatch.Frequency / 200;

    private readonly Queue<Waiting> _waiting = new();
    private readonly Lock _lock = new();
    private int _busy;
    private int _count;
    private double _ticksPerRow;

    /// <summary>How many requests wait.</summary>
    internal int Waiting => Volatile.Read(ref _count);

    /// <summary>Says how long a row takes, before any request has shown it.</summary>
    internal void Expect(long ticksPerRow) => _ticksPerRow = ticksPerRow;

    /// <exception cref="QueueFullException">No more requests may wait.</exception>
    internal void ThrowIfFull()
    {
        if (Waiting >= options.MostWaiting)
            throw new QueueFullException(string.Create(null, $"{Waiting} requests wait for {model.Name} already, and more would not be answered in time. Try again later."));
    }

    internal ValueTask ScoreAsync(ScoringRows rows, Deadline deadline, CancellationToken cancellation)
    {
        deadline.ThrowIfPassed();
        if (_ticksPerRow * rows.RowCount < Quick && TryEnter())
        {
            try
            {
                Score(rows, 1);
            }
            finally
            {
                Leave();
            }
            return default;
        }
        return WaitAsync(rows, deadline, cancellation);
    }

    /// <summary>Scores all that wait.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        List<Waiting> group = [];
        while (TakeGroup(group)) ScoreGroup(group);
        Leave();
    }

    private async ValueTask WaitAsync(ScoringRows rows, Deadline deadline, CancellationToken cancellation)
    {
        ThrowIfFull();
        var waiting = new Waiting(rows, deadline);
        lock (_lock) _waiting.Enqueue(waiting);
        Interlocked.Increment(ref _count);
        StartWorker();
        try
        {
            await waiting.Done.Task.WaitAsync(deadline.Left, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !waiting.Done.Task.IsCompleted)
        {
            // Rows that are being scored belong to the thread that does it. What is given up keeps its place in the queue, whose length is bounded.
            if (!waiting.TryTake()) rows.Abandon();
            if (e is TimeoutException) throw new TimeoutException("The deadline of the request passed before its rows were scored.", e);
            throw;
        }
    }

    private bool TakeGroup(List<Waiting> group)
    {
        group.Clear();
        int rows = 0, most = model.Transformer.IsRowToRowMapper ? options.MostRows : 0;
        lock (_lock)
        {
            while (_waiting.TryPeek(out Waiting? next) && (group.Count == 0 || rows + next.Rows.RowCount <= most))
            {
                _waiting.Dequeue();
                Interlocked.Decrement(ref _count);
                // The others gave up.
                if (!next.TryTake()) continue;
                group.Add(next);
                rows += next.Rows.RowCount;
            }
        }
        return group.Count > 0;
    }

    private void ScoreGroup(List<Waiting> group)
    {
        if (group.Count > 1 && TryScoreTogether(group)) return;
        foreach (Waiting alone in group)
        {
            try
            {
                alone.Deadline.ThrowIfPassed();
                Score(alone.Rows, 1);
                alone.Done.SetResult();
            }
#pragma warning disable CA1031 // It reaches the request that waits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                alone.Done.SetException(e);
            }
        }
    }

    private bool TryScoreTogether(List<Waiting> group)
    {
        ScoringRows all = model.Rent();
        try
        {
            foreach (Waiting one in group) all.Append(one.Rows);
            Score(all, group.Count);
        }
#pragma warning disable CA1031 // A row that cannot be scored must not take others down with it: each is scored alone, and the one gets its error.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
        int first = 0;
        foreach (Waiting one in group)
        {
            one.Rows.KeepOutputs(all, first);
            first += one.Rows.RowCount;
            one.Done.SetResult();
        }
        all.Dispose();
        return true;
    }

    private void Score(ScoringRows rows, int requests)
    {
        long start = Stopwatch.GetTimestamp();
        rows.Score();
        long took = Stopwatch.GetTimestamp() - start;
        if (rows.RowCount > 0) _ticksPerRow += (((double)took / rows.RowCount) - _ticksPerRow) / 8;
        options.Observers.BatchScored(model, requests, rows.RowCount, Stopwatch.GetElapsedTime(0, took));
    }

    private bool TryEnter()
    {
        for (int busy = Volatile.Read(ref _busy); busy < options.Scorers;)
        {
            int found = Interlocked.CompareExchange(ref _busy, busy + 1, busy);
            if (found == busy) return true;
            busy = found;
        }
        return false;
    }

    private void Leave()
    {
        Interlocked.Decrement(ref _busy);
        // Who came to wait since the last look saw no free place.
        if (Waiting > 0) StartWorker();
    }

    private void StartWorker()
    {
        if (TryEnter()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}

/// <summary>A request that waits to be scored.</summary>
internal sealed class Waiting(ScoringRows rows, Deadline deadline)
{
    private int _taken;

    internal ScoringRows Rows { get; } = rows;

    internal Deadline Deadline { get; } = deadline;

    internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the caller is the one that decides what becomes of it.</summary>
    internal bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
}
