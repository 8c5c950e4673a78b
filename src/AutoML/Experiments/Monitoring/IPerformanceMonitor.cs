namespace MLPipelines.AutoML;

/// <summary>Watches what the process uses while a trial runs. Each trial has one of its own.</summary>
public interface IPerformanceMonitor : IDisposable
{
    /// <summary>Begins to watch.</summary>
    void Start();

    /// <summary>Ceases to watch until the next <see cref="Start"/>.</summary>
    void Pause();

    /// <summary>Ceases to watch and forgets what was seen.</summary>
    void Stop();

    /// <summary>The most memory that was seen, in MB.</summary>
    double? GetPeakMemoryUsageInMegaByte();

    /// <summary>The highest share of all cores that was seen, from 0 to 1.</summary>
    double? GetPeakCpuUsage();

    /// <summary>Called with each look; it may cancel the trial.</summary>
    void OnPerformanceMetricsUpdatedHandler(TrialSettings trialSettings, TrialPerformanceMetrics metrics, CancellationTokenSource trialCancellationTokenSource);

    /// <summary>Raised with each look.</summary>
    event EventHandler<TrialPerformanceMetrics>? PerformanceMetricsUpdated;
}
