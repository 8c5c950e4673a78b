using MLPipelines.Persistence;

namespace MLPipelines.AutoML.Runs.Work;

/// <summary>
/// Takes trials out of a run store and runs them, one after another. While a trial runs it renews its lease; when the trial is no longer its own, because
/// it was silent for too long or nobody wants the trial, it lets go of it.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="name">What it is called: machine and process.</param>
/// <param name="open">Gives the runner of a search; throws an <see cref="MLPipelinesException"/> where the search cannot be served here, such as when its data is not here.</param>
internal sealed class TrialWorker(RunStore store, string name, Func<string, ITrialRunner> open)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TrialQueueTimes _times = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    internal TrialQueueTimes Times { get => _times; init => _times = value; }

    /// <summary>The run whose trials it takes; <see langword="null"/> for those of any.</summary>
    internal string? RunId { get; init; }

    /// <summary>Ends after so long without a trial; <see langword="null"/> never to.</summary>
    internal TimeSpan? Patience { get; init; }

    /// <summary>Told what it does.</summary>
    internal Action<string> Say { get; init; } = _ => { };

    /// <summary>How many trials it has handed in.</summary>
    internal int Done { get; private set; }

    /// <summary>A name that no other worker has.</summary>
    internal static string NewName() => $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("n")[..6]}";

    /// <summary>Works until it is cancelled, or there has been nothing to do for long enough. A trial that is cancelled goes back into the store.</summary>
    internal void Run(CancellationToken cancellation)
    {
        var queue = new TrialQueue(store, _times);
        DateTime lastWork = DateTime.UtcNow;
        int losses = 0;
        while (!cancellation.IsCancellationRequested)
        {
            TrialTask? task;
            try
            {
                task = queue.Take(name, RunId, _refused);
                losses = 0;
            }
            catch (MLPipelinesException e) when (losses++ < 60)
            {
                // A database may be away for a while; the trials wait.
                Say(e.Message);
                cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
                continue;
            }
            if (task is null)
            {
                if (DateTime.UtcNow - lastWork > Patience) return;
                cancellation.WaitHandle.WaitOne(Pause);
                continue;
            }
            Work(queue, task, cancellation);
            lastWork = DateTime.UtcNow;
        }
    }

    private void Work(TrialQueue queue, TrialTask task, CancellationToken cancellation)
    {
        using var trial = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // The lease is renewed from the first moment on: to read the data may take longer than a trial.
        using var heart = new Timer(_ => Renew(queue, task, trial), null, _times.Lease / 3, _times.Lease / 3);
        string? report = null;
        try
        {
            TrialOrder order = TrialOrder.Read(task.Work);
            if (order.Library != ModelFile.LibraryVersion)
                throw new SearchRefusedException($"it was made by MLPipelines {order.Library}, and this is {ModelFile.LibraryVersion}");
            ITrialRunner runner = Open(order.Search);
            TrialResult result = runner.RunAsync(order.Settings, trial.Token).GetAwaiter().GetResult();
            report = result.Exception is OperationCanceledException && trial.IsCancellationRequested ? null : TrialReport.Of(result);
        }
        catch (SearchRefusedException e)
        {
            _refused.Add(task.RunId);
            Say($"Run {task.RunId} is left to others: {e.Message}.");
        }
        catch (OperationCanceledException) when (trial.IsCancellationRequested)
        {
            // It goes back, if it is still ours.
        }
#pragma warning disable CA1031 // A trial that fails, for whatever reason, is a result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            report = TrialReport.OfFailure(e);
        }
        if (report is null) queue.Release(task, name);
        else if (queue.Complete(task, name, report)) Done++;
    }

    private ITrialRunner Open(string search)
    {
        try
        {
            return open(search);
        }
        catch (Exception e) when (e is MLPipelinesException or IOException or UnauthorizedAccessException)
        {
            throw new SearchRefusedException(e.Message.TrimEnd('.'), e);
        }
    }

    private static void Renew(TrialQueue queue, TrialTask task, CancellationTokenSource trial, string name)
    {
        try
        {
            if (!queue.Renew(task, name)) trial.Cancel();
        }
        catch (Exception e) when (e is MLPipelinesException or ObjectDisposedException)
        {
            // The next beat may get through; until the lease ends nothing is lost.
        }
    }

    private void Renew(TrialQueue queue, TrialTask task, CancellationTokenSource trial) => Renew(queue, task, trial, name);

    private sealed class SearchRefusedException(string message, Exception? inner = null) : Exception(message, inner);
}
