using System.Diagnostics;
using System.Text.Json;
using MLPipelines.AutoML.Runs;
using MLPipelines.Testing;

namespace MLPipelines.Cli.Tests.AutoML;

/// <summary>One search by several processes.</summary>
public sealed class DistributedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _workers = [];

    public void Dispose()
    {
        foreach (Process worker in _workers)
        {
            if (!worker.HasExited) worker.Kill();
            worker.WaitForExit();
            worker.Dispose();
        }
        _folder.Dispose();
    }

    [PostgresFact]
    public void A_worker_that_dies_loses_only_its_trial_and_that_trial_is_taken_again() => KillOne(PostgresServer.Shared.CreateDatabase());

    [Fact]
    public void Processes_of_one_machine_share_a_file()
    {
        if (OperatingSystem.IsWindows()) return;
        KillOne(_folder["runs.db"]);
    }

    private void KillOne(string store)
    {
        const int Trials = 24;
        string data = _folder.Write("d.csv", Samples.Table(600));
        using RunStore runs = RunStore.Open(store);
        Process doomed = StartWorker(store), other = StartWorker(store);
        Task<CommandRun> search = Task.Run(() => CommandProcess.Run(null, "automl", "classification", "--dataset", data, "--label-col", "good", "--max-trials", $"{Trials}", "--folds", "0", "--trainers", "LightGbm",
            "--distributed", "--store", store, "--output", _folder["m.zip"], "--json"));

        string killed = KillWithATrial(runs, doomed, search);
        CommandRun run = search.GetAwaiter().GetResult().Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement[] leaderboard = [.. json.RootElement.GetProperty("leaderboard").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, Trials), leaderboard.Select(trial => trial.GetProperty("trial").GetInt32()));
        Assert.All(leaderboard, trial => Assert.False(trial.TryGetProperty("cause", out JsonElement cause), cause.ToString()));

        IReadOnlyList<RunRecord> trials = runs.Trials(json.RootElement.GetProperty("run").GetString()!);
        Assert.Equal(Trials, trials.Count);
        // Whoever ran the trial of the dead worker was the second one to begin it; nothing else was begun twice.
        RunRecord again = Assert.Single(trials, trial => trial.Parameters.ContainsKey("attempts"));
        Assert.Equal("2", again.Parameters["attempts"]);
        Assert.NotEqual(killed, again.Machine);
        Assert.True(trials.Select(trial => trial.Machine).Distinct().Count() >= 2, "Only one process ran trials.");
        Assert.Contains(trials, trial => trial.Machine!.Contains($"/{other.Id}/", StringComparison.Ordinal));
        Assert.Equal(0, runs.Database.Read("SELECT COUNT(*) FROM mlp_tasks", row => row.GetInt64(0))[0]);
        Assert.Equal(0, CommandProcess.Run(null, "predict", _folder["m.zip"], "--dataset", data, "--output", _folder["p.csv"]).ExitCode);
    }

    /// <summary>Stops a worker in the middle of a trial, makes sure that it has one, and kills it.</summary>
    private static string KillWithATrial(RunStore runs, Process worker, Task search)
    {
        while (!search.IsCompleted)
        {
            if (TrialOf() is null) continue;
            Signal("STOP");
            if (TrialOf() is { } name)
            {
                worker.Kill();
                worker.WaitForExit();
                return name;
            }
            Signal("CONT");
        }
        Assert.Fail($"The search ended before the worker had a trial: {((Task<CommandRun>)search).Result.Error}");
        return "";

        string? TrialOf() => runs.Database.Read("SELECT worker FROM mlp_tasks WHERE status = 'taken' AND worker LIKE @worker", row => row.GetString(0), ("@worker", $"%/{worker.Id}/%")).FirstOrDefault();

        void Signal(string signal)
        {
            using Process kill = Process.Start("kill", [$"-{signal}", $"{worker.Id}"]);
            kill.WaitForExit();
        }
    }

    [PostgresFact]
    public void A_worker_leaves_searches_alone_whose_data_is_not_here_or_another()
    {
        string store = PostgresServer.Shared.CreateDatabase();
        string data = _folder.Write("d.csv", Samples.Table(200));
        // The file that the worker finds in its folder has the name but not the rows.
        string folder = Path.GetDirectoryName(_folder.Write("other/d.csv", Samples.Table(201)))!;
        using RunStore runs = RunStore.Open(store);
        RunRecord search = runs.Start(new RunRecord { Experiment = "x", Command = "automl" });
        var queue = new MLPipelines.AutoML.Runs.Work.TrialQueue(runs);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(data)));
        string definition = MLPipelines.Cli.AutoML.SearchDefinition.Write(new() { Dataset = "/not/here/d.csv", LabelColumn = "good", Search = new() { Task = MLPipelines.AutoML.AutoMLTask.Classification, MaximumTrials = 3 } }, hash);
        queue.Offer(search.Id, 1, MLPipelines.AutoML.Runs.Work.TrialOrder.Write(definition, new()));

        CommandRun missing = CommandRun.Of("automl", "worker", "--store", store, "--idle-exit", "0.3").Succeeded();
        Assert.Contains($"Run {search.Id} is left to others: its data /not/here/d.csv is not here; --data-folder names a folder to look in.", missing.Error, StringComparison.Ordinal);
        CommandRun different = CommandRun.Of("automl", "worker", "--store", store, "--idle-exit", "0.3", "--data-folder", folder).Succeeded();
        Assert.Contains("is not the file that the search has: its SHA-256 is", different.Error, StringComparison.Ordinal);
        Assert.Contains("0 trials done.", different.Error, StringComparison.Ordinal);
        // It is as it was, for a worker that has the data.
        Assert.Equal(1, queue.Take("another")!.Attempt);
    }

    private Process StartWorker(string store)
    {
        Process worker = CommandProcess.Start("automl", "worker", "--store", store, "--lease", "2");
        _workers.Add(worker);
        // It waits for trials once it has said so.
        Assert.StartsWith("Worker ", worker.StandardError.ReadLine(), StringComparison.Ordinal);
        _ = worker.StandardError.ReadToEndAsync();
        return worker;
    }
}
