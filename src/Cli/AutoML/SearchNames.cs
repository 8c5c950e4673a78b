using MLPipelines.AutoML;

namespace MLPipelines.Cli.AutoML;

/// <summary>What a search can optimize, by the names of <c>mlp evaluate</c>, and what it chooses from.</summary>
internal static class SearchNames
{
    internal static string[] Metrics(AutoMLTask task) => task switch
    {
        AutoMLTask.Classification => ["logLoss", "accuracy", "macroF1", "auc", "f1"],
        AutoMLTask.Regression => ["rmse", "mae", "r2"],
        _ => ["ndcg"],
    };

    /// <summary>The trainers, as the beginning of their names in ML.NET; LinearSvm learns from texts.</summary>
    internal static string[] Trainers(AutoMLTask task) => task switch
    {
        AutoMLTask.Classification => ["LightGbm", "FastTree", "FastForest", "Lbfgs", "Sdca", "LinearSvm"],
        AutoMLTask.Regression => ["LightGbm", "FastTree", "FastForest", "Lbfgs", "Sdca"],
        _ => ["LightGbm", "FastTree"],
    };

    /// <summary>The metric of a name, or the one that a task has by default.</summary>
    internal static string Metric(AutoMLTask task, string? name) => name is null ? Metrics(task)[0] : Find("--metric", "metric", task, name, Metrics(task));

    /// <summary>The trainer of a name.</summary>
    internal static string Trainer(AutoMLTask task, string name) => Find("--trainers", "trainer", task, name, Trainers(task));

    private static string Find(string option, string what, AutoMLTask task, string name, string[] names) =>
        names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"{option}: there is no {what} '{name}' for {task.ToString().ToLowerInvariant()}.{NearNames.Hint(name, names)} The {what}s are: {string.Join(", ", names)}.");
}
