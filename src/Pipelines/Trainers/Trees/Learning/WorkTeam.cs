namespace MLPipelines.Trainers.Trees;

/// <summary>
/// Threads that do the parts of one piece of work after another. A piece takes microseconds, so threads that wait look for the next one for a while before they sleep. Parts are
/// taken by whoever is free: what a part computes must not depend on who does it.
/// </summary>
internal sealed class WorkTeam : IDisposable
{
    private const int Looks = 400, LeastItems = 10_000;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private Action<int>? _work;
    private Exception? _failure;
    // The upper half counts pieces of work, the lower one the parts that nobody has taken yet.
    private long _ticket;
    private int _unfinished;
    private int _sleeping;
    private volatile bool _ended;

    /// <summary>As many threads as the options say; one where there is little to do.</summary>
    internal static WorkTeam For(FeatureMatrix features, BoostingOptions options) => new(features.StoredCount < LeastItems ? 1 : options.Threads);

    private WorkTeam(int? threads)
    {
        Size = threads ?? Environment.ProcessorCount;
        _threads = new Thread[Size - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Loop) { IsBackground = true, Name = "trees" };
            _threads[i].Start();
        }
    }

    /// <summary>The calling thread and nobody else.</summary>
    internal static readonly WorkTeam Alone = new(1);

    internal int Size { get; }

    /// <summary>Does the parts, the calling thread among those that work, and returns when all are done.</summary>
    internal void Run(int parts, Action<int> work)
    {
        if (parts <= 1 || _threads.Length == 0)
        {
            for (int part = 0; part < parts; part++) work(part);
            return;
        }
        _work = work;
        Volatile.Write(ref _unfinished, parts);
        Interlocked.Exchange(ref _ticket, (((_ticket >> 32) + 1) << 32) | (uint)parts);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            int sleeping = Interlocked.Exchange(ref _sleeping, 0);
            if (sleeping > 0) _wake.Release(sleeping);
        }
        while (TakePart()) { }
        for (int look = 0; Volatile.Read(ref _unfinished) > 0; look++)
        {
            if (look < Looks) Thread.SpinWait(4);
            else Thread.Yield();
        }
        if (_failure is not { } failure) return;
        _failure = null;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private bool TakePart()
    {
        long ticket = Volatile.Read(ref _ticket);
        int left = (int)(ticket & int.MaxValue);
        if (left == 0) return false;
        if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket) return true;
        try
        {
            _work!(left - 1);
        }
        catch (Exception failure)
        {
            // Kept for the thread that asked for the work.
            _failure = failure;
        }
        Interlocked.Decrement(ref _unfinished);
        return true;
    }

    private void Loop()
    {
        while (!_ended)
        {
            int look = 0;
            while (look < Looks && !_ended)
            {
                if (TakePart()) look = 0;
                else
                {
                    Thread.SpinWait(4);
                    look++;
                }
            }
            Interlocked.Increment(ref _sleeping);
            if (!_ended && (Volatile.Read(ref _ticket) & int.MaxValue) == 0)
            {
                _wake.Wait();
                continue;
            }
            // Work came meanwhile. If this thread is counted as woken already, it takes what woke it.
            if (Interlocked.Decrement(ref _sleeping) >= 0) continue;
            Interlocked.Increment(ref _sleeping);
            _wake.Wait();
        }
    }

    public void Dispose()
    {
        _ended = true;
        _wake.Release(_threads.Length + 1);
        foreach (Thread thread in _threads) thread.Join();
        _wake.Dispose();
    }
}
