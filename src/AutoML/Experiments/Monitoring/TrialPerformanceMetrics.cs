namespace MLPipelines.AutoML;

/// <summary>What the process used while a trial ran.</summary>
public class TrialPerformanceMetrics
{
    /// <summary>The most memory, in MB.</summary>
    public double? PeakMemoryUsage { get; set; }

    /// <summary>The highest share of all cores, from 0 to 1.</summary>
    public double? PeakCpuUsage { get; set; }

    /// <summary>The share of all cores since the last look, from 0 to 1.</summary>
    public double CpuUsage { get; internal set; }

    /// <summary>The memory now, in MB.</summary>
    public double MemoryUsage { get; internal set; }
}
