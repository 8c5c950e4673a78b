using MLPipelines.AutoML.Runs;

namespace MLPipelines.AutoML.Tests.Runs;

/// <summary>The layout is that of FileStore in mlflow/store/tracking/file_store.py, the names those that mlflow/utils/validation.py takes.</summary>
public sealed class MlflowExportTests
{
    [Fact]
    public void A_run_and_its_trials_lie_where_MLflow_looks()
    {
        using var temporary = new TemporaryStore();
        RunStore store = temporary.Store;
        File.WriteAllText(temporary["m.zip"], "model");
        var start = new DateTime(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        RunRecord run = store.Start(TemporaryStore.Sample with { Experiment = "it's", StartedAt = start });
        RunRecord trial = store.AddTrial(run, new RunRecord { Number = 1, Trainer = "Gam", StartedAt = start, Status = RunStatus.Failed, Cause = "no rows" });
        run = store.Finish(run with { EndedAt = start.AddSeconds(2), ModelPath = temporary["m.zip"], Metrics = new Dictionary<string, double> { ["ndcg@10"] = 0.1, ["a/b"] = 1e-7, [".."] = 3 } });

        string folder = temporary["mlruns"];
        Assert.Equal(2, MlflowExport.Write(store, [run], folder));
        Assert.Equal(2, MlflowExport.Write(store, [run], folder));
        string experiment = Assert.Single(Directory.GetDirectories(folder));
        string id = Path.GetFileName(experiment);
        Assert.Matches("^[1-9][0-9]{17}$", id);
        string[] meta = File.ReadAllLines(Path.Combine(experiment, "meta.yaml"));
        Assert.Contains($"experiment_id: '{id}'", meta);
        Assert.Contains("name: 'it''s'", meta);
        Assert.Contains("creation_time: 1778051289000", meta);

        string[] lines = File.ReadAllLines(Path.Combine(experiment, run.Id, "meta.yaml"));
        foreach (string line in (string[])[$"run_id: '{run.Id}'", $"run_uuid: '{run.Id}'", $"experiment_id: '{id}'", "status: 3", "start_time: 1778051289000", "end_time: 1778051291000", "lifecycle_stage: 'active'", "source_type: 4", "tags: []"])
            Assert.Contains(line, lines);
        Assert.Equal("31", Read(run, "params", "leaves"));
        Assert.Equal("LightGbm", Read(run, "params", "trainer"));
        Assert.Equal("1778051291000 0.1 0\n", Read(run, "metrics", "ndcg_10"));
        Assert.Equal("1778051291000 1E-07 0\n", Read(run, "metrics", "a_b"));
        Assert.Equal("1778051291000 3 0\n", Read(run, "metrics", "_.."));
        Assert.Equal("model", Read(run, "artifacts", "m.zip"));
        Assert.Equal("7", Read(run, "tags", "seed"));

        Assert.Contains("status: 4", File.ReadAllLines(Path.Combine(experiment, trial.Id, "meta.yaml")));
        Assert.Equal(run.Id, Read(trial, "tags", "mlflow.parentRunId"));
        Assert.Equal("no rows", Read(trial, "tags", "cause"));

        string Read(RunRecord of, string kind, string name) => File.ReadAllText(Path.Combine(experiment, of.Id, kind, name));
    }
}
