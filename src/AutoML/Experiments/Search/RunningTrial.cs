using System.Diagnostics;
using System.Globalization;

namespace MLPipelines.AutoML;

/// <summary>A trial that is under way on a thread of its own.</summary>
internal sealed class RunningTrial : IDisposable
{
    private readonly CancellationTokenSource _memory = new(), _stop;
    private readonly IPerformanceMonitor? _monitor;
    private readonly long _start = Stopwatch.GetTimestamp();
    private double? _peakMemory, _peakCpu;

    private RunningTrial(TrialSettings settings, SearchParts parts, bool isProtected, Func<TrialSettings, bool> isYoungest, CancellationToken stop)
    {
        (Settings, IsProtected) = (settings, isProtected);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop, _memory.Token);
        _monitor = parts.CreatePerformanceMonitor();
        if (_monitor is not null)
        {
            // Of trials side by side, the one begun last gives way when memory runs short.
            _monitor.PerformanceMetricsUpdated += (_, seen) =>
            {
                (_peakMemory, _peakCpu) = (seen.PeakMemoryUsage, seen.PeakCpuUsage);
                if (isYoungest(settings)) _monitor.OnPerformanceMetricsUpdatedHandler(settings, seen, _memory);
            };
            _monitor.Start();
        }
        CancellationToken token = _stop.Token;
        Task = System.Threading.Tasks.Task.Factory.StartNew(async () =>
        {
            var (runner, isOwn) = parts.CreateRunner();
            try
            {
                token.ThrowIfCancellationRequested();
                return await runner.RunAsync(settings, token).ConfigureAwait(false);
            }
            finally
            {
                if (isOwn) runner.Dispose();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    internal TrialSettings Settings { get; }

    internal Task<TrialResult> Task { get; }

    /// <summary>Whether it may end even when the time is up, because there is no model yet.</summary>
    internal bool IsProtected { get; }

    internal static RunningTrial Begin(TrialSettings settings, SearchParts parts, bool isProtected, Func<TrialSettings, bool> isYoungest, CancellationToken stop) =>
        new(settings, parts, isProtected, isYoungest, stop);

    /// <summary>What came of it; it has ended.</summary>
    internal TrialResult Result(double? memoryLimit, CancellationToken user)
    {
        TimeSpan duration = Stopwatch.GetElapsedTime(_start);
        Settings.EndedAtUtc = DateTime.UtcNow;
        if (Task.IsCompletedSuccessfully && Task.Result is { } result)
        {
            result.TrialSettings = Settings;
            if (result.DurationInMilliseconds <= 0) result.DurationInMilliseconds = duration.TotalMilliseconds;
            result.PeakMemoryInMegaByte ??= _peakMemory;
            result.PeakCpu ??= _peakCpu;
            if (result.Exception is null && !double.IsFinite(result.Loss))
                result.Exception = new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"Its metric on the validation rows is {result.Metric}."));
            if (result.Exception is not null) (result.Loss, result.Metric) = (double.PositiveInfinity, double.NaN);
            return result;
        }
        Exception cause = Task.Exception?.GetBaseException() ?? new OperationCanceledException();
        if (_memory.IsCancellationRequested)
            cause = new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"It was ended because the process had {_peakMemory:F0} MB of memory; the limit is {memoryLimit:F0} MB."), cause);
        else if (_stop.IsCancellationRequested)
            cause = new OperationCanceledException(user.IsCancellationRequested ? "The experiment was cancelled before it ended." : "The time was up before it ended.", cause);
        return Failed(cause, duration);
    }

    /// <summary>What is told of it when it is not waited for.</summary>
    internal TrialResult Abandoned()
    {
        _monitor?.Dispose();
        // It may throw yet; nobody will ask.
        _ = Task.ContinueWith(ended => _ = ended.Exception, TaskScheduler.Default);
        Settings.EndedAtUtc = DateTime.UtcNow;
        return Failed(new OperationCanceledException("It did not stop when the time was up, and was left behind."), Stopwatch.GetElapsedTime(_start));
    }

    private TrialResult Failed(Exception cause, TimeSpan duration) => new()
    {
        TrialSettings = Settings,
        Loss = double.PositiveInfinity,
        Metric = double.NaN,
        DurationInMilliseconds = duration.TotalMilliseconds,
        PeakMemoryInMegaByte = _peakMemory,
        PeakCpu = _peakCpu,
        Exception = cause,
    };

    public void Dispose()
    {
        _monitor?.Dispose();
        _stop.Dispose();
        _memory.Dispose();
    }
}
