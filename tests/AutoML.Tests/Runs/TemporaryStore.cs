using MLPipelines.AutoML.Runs;

namespace MLPipelines.AutoML.Tests.Runs;

/// <summary>A run store of one test, in a folder of its own.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlp-runs-");

    internal TemporaryStore() => Store = RunStore.Open(File);

    internal RunStore Store { get; }

    internal string File => Path.Combine(_folder.FullName, "runs.db");

    internal string this[string name] => Path.Combine(_folder.FullName, name);

    internal static RunRecord Sample { get; } = new()
    {
        Experiment = "churn-left",
        Command = "automl",
        Scenario = "classification",
        Trainer = "LightGbm",
        Seed = 7,
        DataFile = "/data/churn.csv",
        DataSha256 = "ab12",
        Parameters = new Dictionary<string, string> { ["leaves"] = "31", ["learning rate"] = "0.1", ["müsli"] = "\"ja\"" },
    };

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
