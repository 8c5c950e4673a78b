namespace MLPipelines.AutoML.Runs;

/// <summary>Tells which of two values of a metric is the better one.</summary>
public static class RunMetrics
{
    // By the names of the command line and those of ML.NET's metrics.
    private static readonly HashSet<string> Errors = new(StringComparer.OrdinalIgnoreCase)
    {
        "rmse", "mae", "mse", "logLoss", "loss", "smape", "mase", "owa", "MeanAbsoluteError", "MeanSquaredError", "RootMeanSquaredError", "LossFunction", "AverageDistance", "DaviesBouldinIndex",
    };

    /// <summary>Whether more is better: of errors and losses less is, of everything else more.</summary>
    public static bool IsHigherBetter(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return !Errors.Contains(metric) && !metric.EndsWith("Loss", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Runs that have a metric, the best first; of equal ones the earlier.</summary>
    public static IEnumerable<RunRecord> Ranked(IEnumerable<RunRecord> runs, string metric)
    {
        IEnumerable<RunRecord> measured = runs.Where(run => run.Metrics.ContainsKey(metric));
        return (IsHigherBetter(metric) ? measured.OrderByDescending(run => run.Metrics[metric]) : measured.OrderBy(run => run.Metrics[metric])).ThenBy(run => run.StartedAt).ThenBy(run => run.Number);
    }
}
