using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Commands;

namespace MLPipelines.Cli.Runs;

/// <summary>
/// Writes what a command does into the run store, beside the work and in its order: the command waits for it at its end only. A store that
/// cannot be written is told of in one line, and the command goes on without it.
/// </summary>
internal sealed class RunRecorder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly CommandHost _host;
    private readonly RunArguments _arguments;
    private readonly Lock _lock = new();
    private Task _work = Task.CompletedTask;
    private RunStore? _store;
    private RunRecord? _run;
    private string? _problem;
    private bool _ended;

    private RunRecorder(CommandHost host, RunArguments arguments) => (_host, _arguments) = (host, arguments);

    /// <summary>The id of the run; <see langword="null"/> where nothing is recorded.</summary>
    internal string? RunId => _problem is null ? _run?.Id : null;

    /// <summary>Does a work whose run is recorded; one that throws is recorded as failed.</summary>
    internal static int Recording(CommandHost host, RunArguments arguments, Func<RunRecorder, int> work)
    {
        // What is no place at all is a mistake to be told of before work begins.
        if (!RunStoreLocation.IsNone(arguments.Store)) _ = RunStoreLocation.Parse(arguments.Store);
        using var recorder = new RunRecorder(host, arguments);
        try
        {
            return work(recorder);
        }
        catch (Exception e)
        {
            bool isCancelled = Faults.Innermost(e) is OperationCanceledException;
            recorder.End(run => run with { Status = isCancelled ? RunStatus.Cancelled : RunStatus.Failed, Cause = isCancelled ? null : Faults.Innermost(e).Message });
            throw;
        }
    }

    /// <summary>Records that the run begins.</summary>
    /// <param name="run">What is known of it.</param>
    /// <param name="name">The name of data and label, which the experiment is called where the user called it nothing else.</param>
    internal void Begin(RunRecord run, string name)
    {
        if (RunStoreLocation.IsNone(_arguments.Store)) return;
        _run = run = run with
        {
            Id = RunStore.NewId(),
            Experiment = _arguments.Experiment ?? name,
            DataFile = run.DataFile is { } file ? Path.GetFullPath(file) : null,
        };
        Post(() =>
        {
            _store = RunStore.Open(_arguments.Store);
            _run = _store.Start(run);
        });
    }

    /// <summary>The store and the run in it, for those who share its trials.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    internal (RunStore Store, string RunId) Shared()
    {
        if (_run is null) throw new UsageException("--distributed: trials are shared through a run store, and --store says none.");
        if (!_work.Wait(Patience) || _problem is not null) throw new UsageException($"--distributed: trials are shared through the run store, which cannot be used: {_problem ?? "it does not answer"}");
        return (_store!, _run.Id);
    }

    /// <summary>Records a trial that has ended.</summary>
    internal void Trial(RunRecord trial) => Post(() => _store!.AddTrial(_run!, trial));

    /// <summary>Records how the run ended, and waits until all is written.</summary>
    internal void End(Func<RunRecord, RunRecord> change)
    {
        if (_run is null || _ended) return;
        _ended = true;
        DateTime now = DateTime.UtcNow;
        Post(() => _run = _store!.Finish(change(_run!) with { EndedAt = now }));
        if (!_work.Wait(Patience)) _problem = "it does not answer";
        if (_problem is not null) _host.Error.WriteLine($"This run is not recorded: {_problem.TrimEnd('.')}.");
    }

    private void Post(Action write)
    {
        if (_run is null) return;
        lock (_lock)
        {
            _work = _work.ContinueWith(_ =>
            {
                if (_problem is not null) return;
                try
                {
                    write();
                }
#pragma warning disable CA1031 // Whatever it is, what was learned is worth more than its record.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    _problem = Faults.OneParagraph(Faults.Innermost(e));
                }
            }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public void Dispose()
    {
        if (_work.IsCompleted) _store?.Dispose();
    }
}
