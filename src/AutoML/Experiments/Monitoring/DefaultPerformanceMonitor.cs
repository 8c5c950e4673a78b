using System.Diagnostics;

namespace MLPipelines.AutoML;

/// <summary>Looks at the memory and the processor time of the process now and then, and cancels a trial when the memory is above the limit of the experiment.</summary>
/// <param name="settings">The limit.</param>
/// <param name="checkIntervalInMilliseconds">The time between two looks; above 0.</param>
public class DefaultPerformanceMonitor(AutoMLExperiment.AutoMLExperimentSettings settings, int checkIntervalInMilliseconds) : IPerformanceMonitor
{
    private readonly Lock _lock = new();
    private Timer? _timer;
    private double? _peakCpu, _peakMemory;
    private TimeSpan _processorTime;
    private long _lastLook;

    /// <inheritdoc/>
    public event EventHandler<TrialPerformanceMetrics>? PerformanceMetricsUpdated;

    /// <inheritdoc/>
    public void Start()
    {
        lock (_lock)
        {
            (_processorTime, _lastLook) = (ProcessorTime(), Stopwatch.GetTimestamp());
            _timer ??= new Timer(_ => Look());
            _timer.Change(checkIntervalInMilliseconds, checkIntervalInMilliseconds);
        }
        Look();
    }

    /// <inheritdoc/>
    public void Pause()
    {
        lock (_lock) _timer?.Change(Timeout.Infinite, Timeout.Infinite);
    }

    /// <inheritdoc/>
    public void Stop()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            _peakCpu = _peakMemory = null;
        }
    }

    /// <inheritdoc/>
    public double? GetPeakMemoryUsageInMegaByte() => _peakMemory;

    /// <inheritdoc/>
    public double? GetPeakCpuUsage() => _peakCpu;

    /// <inheritdoc/>
    public virtual void OnPerformanceMetricsUpdatedHandler(TrialSettings trialSettings, TrialPerformanceMetrics metrics, CancellationTokenSource trialCancellationTokenSource)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(trialCancellationTokenSource);
        if (settings.MaximumMemoryUsageInMegaByte is { } limit && metrics.MemoryUsage > limit) trialCancellationTokenSource.Cancel();
    }

    private void Look()
    {
        TrialPerformanceMetrics seen;
        lock (_lock)
        {
            if (_timer is null) return;
            TimeSpan processorTime = ProcessorTime(), since = Stopwatch.GetElapsedTime(_lastLook);
            double cpu = since > TimeSpan.Zero ? Math.Clamp((processorTime - _processorTime) / since / Environment.ProcessorCount, 0, 1) : 0;
            double memory = Environment.WorkingSet / (1024.0 * 1024.0);
            (_processorTime, _lastLook) = (processorTime, Stopwatch.GetTimestamp());
            (_peakCpu, _peakMemory) = (Math.Max(cpu, _peakCpu ?? 0), Math.Max(memory, _peakMemory ?? 0));
            seen = new TrialPerformanceMetrics { CpuUsage = cpu, MemoryUsage = memory, PeakCpuUsage = _peakCpu, PeakMemoryUsage = _peakMemory };
        }
        PerformanceMetricsUpdated?.Invoke(this, seen);
    }

    private static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        GC.SuppressFinalize(this);
    }
}
