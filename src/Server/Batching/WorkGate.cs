namespace MLPipelines.Server;

/// <summary>Lets as many pieces of work of a model go on at the same time as there are processors; some others wait, and more are refused.</summary>
#pragma warning disable CA1001 // The semaphore holds nothing of the system as long as nobody asks for its wait handle.
internal sealed class WorkGate(ServedModel model, ScoringQueueOptions options)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(options.Scorers);
    private int _waiting;

    /// <summary>Does a piece of work on a thread of the pool.</summary>
    /// <param name="work">What to do; it watches the token.</param>
    /// <param name="deadline">When its result is of no use any more.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="QueueFullException">Too many wait.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    internal async Task<T> RunAsync<T>(Func<CancellationToken, T> work, Deadline deadline, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (deadline.Exists) ending.CancelAfter(deadline.Left);
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.MostWaiting) throw new QueueFullException($"Many requests wait for {model.Name} already, and more would not be answered in time. Try again later.");
            try
            {
                await _free.WaitAsync(ending.Token).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
            try
            {
                return await Task.Run(() => work(ending.Token), ending.Token).ConfigureAwait(false);
            }
            finally
            {
                _free.Release();
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("The deadline of the request passed before it was answered.", e);
        }
    }
}
