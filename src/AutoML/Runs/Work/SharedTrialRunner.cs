using System.Collections.Concurrent;
using System.Globalization;

namespace MLPipelines.AutoML.Runs.Work;

/// <summary>
/// Has trials run by whichever process takes them out of the run store: it puts each trial there and waits for what comes of it. The process that searches
/// takes trials, too, so that a search goes on where there is no worker.
/// </summary>
internal sealed class SharedTrialRunner : ITrialRunner
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly RunStore _store;
    private readonly string _runId, _search;
    private readonly TrialQueue _queue;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<TrialOutcome>> _awaited = new();
    private readonly ConcurrentDictionary<int, TrialOutcome> _outcomes = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _collecting;
    private readonly Task[] _working;

    /// <param name="store">The store; the runner does not dispose of it.</param>
    /// <param name="runId">The run, which is in the store already.</param>
    /// <param name="search">What a worker needs to know of the search.</param>
    /// <param name="local">Runs the trials that this process takes.</param>
    /// <param name="workers">How many trials this process runs at a time; 0 to leave all to others.</param>
    /// <param name="times">How long one waits for word from another process.</param>
    internal SharedTrialRunner(RunStore store, string runId, string search, ITrialRunner local, int workers = 1, TrialQueueTimes? times = null)
    {
        (_store, _runId, _search, _queue) = (store, runId, search, new TrialQueue(store, times));
        _collecting = Task.Factory.StartNew(Collect, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _working =
        [
            .. Enumerable.Range(0, workers).Select(_ => new TrialWorker(_store, TrialWorker.NewName(), _ => local) { RunId = runId, Times = times ?? new() })
                .Select(worker => Task.Factory.StartNew(() => worker.Run(_end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
    }

    /// <summary>Who ran a trial, and how many had begun it.</summary>
    internal (string? Worker, int Attempts) RunBy(int trialId) => _outcomes.TryGetValue(trialId, out TrialOutcome? outcome) ? (outcome.Worker, outcome.Attempt) : (null, 0);

    public async Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        var awaited = new TaskCompletionSource<TrialOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        TrialTask task = _queue.Offer(_runId, settings.TrialId, TrialOrder.Write(_search, settings), id => _awaited[id] = awaited);
        using (ct.Register(() => awaited.TrySetCanceled(ct)))
        {
            try
            {
                TrialOutcome outcome = await awaited.Task.ConfigureAwait(false);
                _outcomes[settings.TrialId] = outcome;
                return outcome.Result is { } report ? TrialReport.Read(report, settings)
                    : throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{outcome.Attempt} workers one after another ended before it did, the last one {outcome.Worker}."));
            }
            finally
            {
                _awaited.TryRemove(task.Id, out _);
                if (ct.IsCancellationRequested) Quietly(() => _queue.Withdraw(task));
            }
        }
    }

    private void Collect()
    {
        int losses = 0;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                foreach (TrialOutcome outcome in _queue.Collect(_runId))
                    if (_awaited.TryGetValue(outcome.Id, out var awaited)) awaited.TrySetResult(outcome);
                losses = 0;
            }
            catch (MLPipelinesException e) when (losses++ >= 60)
            {
                foreach (var awaited in _awaited.Values) awaited.TrySetException(e);
            }
            catch (MLPipelinesException)
            {
                // A database may be away for a while.
                _end.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            }
            _end.Token.WaitHandle.WaitOne(Pause);
        }
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (MLPipelinesException)
        {
            // Nobody waits for these trials; they are soon wanted no more.
        }
    }

    /// <summary>Takes what is left out of the store, and ends.</summary>
    public void Dispose()
    {
        _end.Cancel();
        Task.WaitAll([_collecting, .. _working]);
        Quietly(() => _queue.WithdrawAll(_runId));
        _end.Dispose();
    }
}
