using System.Runtime.ExceptionServices;

namespace MLPipelines.Vision;

/// <summary>One pass over batches that threads make ahead. It serves one reader; disposing it ends the threads.</summary>
public sealed class ImageBatchReader : IDisposable
{
    private readonly ImageBatch[] _batches;
    private readonly Exception?[] _errors;
    private readonly SemaphoreSlim[] _ready;
    private readonly SemaphoreSlim _free;
    private readonly Thread[] _threads;
    private readonly Action<int, ImageBatch> _fill;
    private readonly CancellationToken _cancellation;
    private readonly int _count;
    private volatile bool _stopped;
    private int _taken;
    private int _given = -1;

    /// <param name="batches">The memory of batches; batch n is in place n modulo their number.</param>
    /// <param name="count">The number of batches of the pass.</param>
    /// <param name="threads">How many threads work.</param>
    /// <param name="fill">Makes the batch of a number.</param>
    /// <param name="cancellation">Ends waiting for a batch.</param>
    internal ImageBatchReader(ImageBatch[] batches, int count, int threads, Action<int, ImageBatch> fill, CancellationToken cancellation)
    {
        (_batches, _count, _fill, _cancellation) = (batches, count, fill, cancellation);
        _errors = new Exception?[batches.Length];
        _ready = Array.ConvertAll(batches, _ => new SemaphoreSlim(0));
        // A place is free for batch n once batch n less their number was used: a thread that may take a number may take its place.
        _free = new SemaphoreSlim(batches.Length);
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true, Name = "image batches" })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>The next batch, in the order of the pass; <see langword="false"/> at its end. It is valid until the next call.</summary>
    /// <exception cref="MLPipelinesException">A picture of it cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ImageBatch? batch)
    {
        ObjectDisposedException.ThrowIf(_stopped, this);
        _cancellation.ThrowIfCancellationRequested();
        if (_given >= 0 && _given < _count) _free.Release();
        batch = null;
        if (_given + 1 >= _count)
        {
            _given = _count;
            return false;
        }
        int place = ++_given % _batches.Length;
        _ready[place].Wait(_cancellation);
        if (_errors[place] is { } error) ExceptionDispatchInfo.Throw(error);
        batch = _batches[place];
        return true;
    }

    public void Dispose()
    {
        if (_stopped) return;
        _stopped = true;
        _free.Release(_threads.Length);
        foreach (Thread thread in _threads) thread.Join();
        _free.Dispose();
        foreach (SemaphoreSlim ready in _ready) ready.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _free.Wait();
            int number = _stopped ? _count : Interlocked.Increment(ref _taken) - 1;
            if (number >= _count) return;
            int place = number % _batches.Length;
            try
            {
                _fill(number, _batches[place]);
                _errors[place] = null;
            }
#pragma warning disable CA1031 // It is thrown where the batch is asked for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _errors[place] = e;
            }
            _ready[place].Release();
        }
    }
}
