namespace MLPipelines.AutoML;

/// <summary>Told what an experiment does. Called from one thread at a time.</summary>
public interface IMonitor
{
    /// <summary>A trial has a metric.</summary>
    void ReportCompletedTrial(TrialResult result);

    /// <summary>A trial is the best one so far; called after <see cref="ReportCompletedTrial"/>.</summary>
    void ReportBestTrial(TrialResult result);

    /// <summary>A trial ended without a metric.</summary>
    void ReportFailTrial(TrialSettings settings, Exception? exception = null);

    /// <summary>A trial begins.</summary>
    void ReportRunningTrial(TrialSettings settings);
}
