namespace MLPipelines.AutoML;

/// <summary>The metrics of a task by the names that the command line has, and the one of them that is optimized.</summary>
internal sealed record TableMetric(string Name, bool IsMaximized)
{
    private static readonly Dictionary<AutoMLTask, string[]> Names = new()
    {
        [AutoMLTask.Classification] = ["logLoss", "accuracy", "macroF1", "auc", "f1"],
        [AutoMLTask.Regression] = ["rmse", "mae", "r2"],
        [AutoMLTask.Ranking] = ["ndcg"],
    };

    internal static TableMetric For(AutoMLTask task, string? name)
    {
        string[] known = Names[task];
        string found = name is null ? known[0] : Array.Find(known, candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentOutOfRangeException(nameof(name), $"There is no metric '{name}' for {task.ToString().ToLowerInvariant()}. The metrics are: {string.Join(", ", known)}.");
        return new TableMetric(found, found is not ("logLoss" or "rmse" or "mae"));
    }

    internal double Loss(double value) => IsMaximized ? -value : value;
}
