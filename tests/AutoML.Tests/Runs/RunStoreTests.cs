using MLPipelines.AutoML.Runs;
using MLPipelines.Testing;

namespace MLPipelines.AutoML.Tests.Runs;

public sealed class RunStoreTests
{
    [Fact]
    public void What_was_recorded_is_read_again()
    {
        using var temporary = new TemporaryStore();
        CheckStore(temporary.Store);
        using RunStore again = RunStore.Open(temporary.File);
        Assert.Equal(3, again.List().Count);
    }

    [PostgresFact]
    public void PostgreSQL_keeps_runs_as_a_file_does()
    {
        using RunStore store = RunStore.Open(PostgresServer.Shared.CreateDatabase());
        CheckStore(store);
    }

    private static void CheckStore(RunStore store)
    {
        RunRecord started = store.Start(TemporaryStore.Sample);
        Assert.Matches("^[0-9a-f]{12}$", started.Id);
        Assert.Equal(RunStatus.Running, store.Find(started.Id).Status);
        Assert.Null(started.Duration);

        RunRecord first = store.AddTrial(started, new RunRecord { Number = 1, Trainer = "FastTree", Status = RunStatus.Finished, EndedAt = DateTime.UtcNow, Metrics = new Dictionary<string, double> { ["accuracy"] = 0.75 } });
        RunRecord second = store.AddTrial(started, new RunRecord { Number = 2, Trainer = "Gam", Status = RunStatus.Failed, Cause = "out of\nmemory" });
        RunRecord ended = store.Finish(started with { ModelPath = "/models/m.zip", Metrics = new Dictionary<string, double> { ["accuracy"] = 0.8125, ["auc"] = 1 / 3.0, ["logLoss"] = double.NaN } });

        RunRecord read = store.Find(started.Id[..8]);
        Assert.Equal(RunStatus.Finished, read.Status);
        Assert.NotNull(read.Duration);
        Assert.Equal(["leaves", "learning rate", "müsli"], read.Parameters.Keys);
        Assert.Equal("\"ja\"", read.Parameters["müsli"]);
        // JSON has no NaN: what is not finite is not kept.
        Assert.Equal([new("accuracy", 0.8125), new("auc", 1 / 3.0)], read.Metrics);
        Assert.Equal(ended with { Parameters = read.Parameters, Metrics = read.Metrics }, read);

        Assert.Equal(["FastTree", "Gam"], store.Trials(started.Id).Select(trial => trial.Trainer));
        RunRecord failed = store.Find($"{started.Id}/2");
        Assert.Equal((second.Id, "out of\nmemory", "churn-left", "ab12", 7), (failed.Id, failed.Cause, failed.Experiment, failed.DataSha256, failed.Seed));
        Assert.Equal(started.Id, store.Find(first.Id).ParentId);

        RunRecord other = store.Finish(store.Start(TemporaryStore.Sample with { StartedAt = started.StartedAt.AddSeconds(1), Metrics = new Dictionary<string, double> { ["accuracy"] = 0.7 } }));
        RunRecord third = store.Start(TemporaryStore.Sample with { StartedAt = started.StartedAt.AddSeconds(2), Experiment = "prices", Scenario = "regression", Metrics = new Dictionary<string, double> { ["rmse"] = 2 } });
        Assert.Equal([third.Id, other.Id, started.Id], store.List().Select(run => run.Id));
        Assert.Equal(third.Id, store.Find("latest").Id);
        Assert.Equal([other.Id], store.List(new RunQuery("churn-left", Count: 1)).Select(run => run.Id));
        Assert.Equal([third.Id], store.List(new RunQuery(Status: RunStatus.Running)).Select(run => run.Id));
        Assert.Equal(started.Id, store.Best("accuracy")!.Id);
        Assert.Null(store.Best("rmse"));
        Assert.Equal(started.Id, store.Best(query: new RunQuery(Scenario: "classification"))!.Id);

        store.Delete(other.Id);
        Assert.Equal(2, store.List().Count);
        store.Delete(started.Id);
        Assert.Empty(store.Trials(started.Id));
        Assert.Contains("There is no run", Assert.Throws<MLPipelinesException>(() => store.Find(first.Id)).Message, StringComparison.Ordinal);
        store.Start(TemporaryStore.Sample with { Id = "aaaaaaaaaaa1" });
        store.Start(TemporaryStore.Sample with { Id = "aaaaaaaaaaa2" });
        Assert.Equal("Several runs begin with 'aaaa': aaaaaaaaaaa1, aaaaaaaaaaa2. Give more digits.", Assert.Throws<MLPipelinesException>(() => store.Find("aaaa")).Message);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("' OR 1=1 --")]
    [InlineData("")]
    [InlineData("12/x")]
    public void A_name_that_is_no_id_finds_nothing(string name)
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Start(TemporaryStore.Sample);
        Assert.Throws<MLPipelinesException>(() => temporary.Store.Find(name));
    }

    [Fact]
    public void Many_threads_and_openers_write_at_once()
    {
        using var temporary = new TemporaryStore();
        RunRecord run = temporary.Store.Start(TemporaryStore.Sample);
        Parallel.For(0, 8, worker =>
        {
            using RunStore own = RunStore.Open(temporary.File);
            for (int i = 0; i < 5; i++) own.AddTrial(run, new RunRecord { Number = (worker * 5) + i });
        });
        Assert.Equal(Enumerable.Range(0, 40), temporary.Store.Trials(run.Id).Select(trial => trial.Number));
    }

    [PostgresFact]
    public void Those_who_open_an_empty_database_at_once_make_one_store()
    {
        string database = PostgresServer.Shared.CreateDatabase();
        Parallel.For(0, 6, _ => RunStore.Open(database).Dispose());
        using RunStore store = RunStore.Open(database);
        Assert.Equal(1, store.Database.Read("SELECT version FROM mlp_store", row => row.GetInt64(0)).Single());
    }

    [Fact]
    public void A_store_of_a_newer_version_is_left_alone()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Database.Execute("UPDATE mlp_store SET version = 99");
        string message = Assert.Throws<MLPipelinesException>(() => RunStore.Open(temporary.File)).Message;
        Assert.StartsWith($"The run store {temporary.File} has version 99, which a newer MLPipelines wrote; this one knows up to 1.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_store_is_named()
    {
        using var temporary = new TemporaryStore();
        File.WriteAllText(temporary["text.db"], new string('x', 5000));
        Assert.StartsWith($"The run store {temporary["text.db"]} cannot be used: ", Assert.Throws<MLPipelinesException>(() => RunStore.Open(temporary["text.db"])).Message, StringComparison.Ordinal);
        Assert.Contains("--store FILE", Assert.Throws<MLPipelinesException>(() => RunStore.Open(Path.Combine(temporary["text.db"], "runs.db"))).Message, StringComparison.Ordinal);
    }
}
