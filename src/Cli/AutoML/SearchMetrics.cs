using MLPipelines.AutoML;

namespace MLPipelines.Cli.AutoML;

/// <summary>What a search can optimize, by the names of <c>mlp evaluate</c>.</summary>
internal static class SearchMetrics
{
    internal static string[] Names(AutoMLTask task) => task switch
    {
        AutoMLTask.Classification => ["logLoss", "accuracy", "macroF1", "auc", "f1"],
        AutoMLTask.Regression => ["rmse", "mae", "r2"],
        _ => ["ndcg"],
    };

    /// <summary>The metric of a name, or the one that a task has by default.</summary>
    internal static string Find(AutoMLTask task, string? name) => name is null ? Names(task)[0]
        : Names(task).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"--metric: there is no metric '{name}' for {task.ToString().ToLowerInvariant()}.{NearNames.Hint(name, Names(task))} The metrics are: {string.Join(", ", Names(task))}.");
}
