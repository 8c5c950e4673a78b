using System.Text.Json;

namespace MLPipelines.Cli.Tests.AutoML;

public sealed class AutoMLTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string[] Search(string task, string label, params string[] more) =>
        ["automl", task, "--dataset", _folder.Write("d.csv", Samples.Table(300)), "--label-col", label, "--output", _folder["m.zip"], .. more];

    [Theory]
    [InlineData("classification", "good", "logLoss")]
    [InlineData("regression", "target", "rmse")]
    public void The_winner_is_a_model_like_any_other(string task, string label, string metric)
    {
        var run = CommandRun.Of(Search(task, label, "--max-trials", "6", "--trainers", "LightGbm,Lbfgs,Sdca", "--folds", "0", "--split", "0.2", "--store", _folder["runs.db"], "--report", _folder["r.html"], "--code", _folder["w.cs"], "--json")).Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement root = json.RootElement;
        Assert.Equal(("automl", task, metric), (Text(root, "command"), Text(root, "scenario"), Text(root, "metric")));
        Assert.Equal(Enumerable.Range(1, 6), root.GetProperty("leaderboard").EnumerateArray().Select(trial => trial.GetProperty("trial").GetInt32()));
        double measured = root.GetProperty("metrics").GetProperty(metric).GetDouble();
        Assert.True(double.IsFinite(measured));

        // The other commands take it.
        Assert.Contains(task, CommandRun.Of("inspect", _folder["m.zip"]).Succeeded().Out, StringComparison.Ordinal);
        Assert.Contains("Metrics on 300 rows", CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", _folder["d.csv"]).Succeeded().Out, StringComparison.Ordinal);
        Assert.Equal(301, CommandRun.Of("predict", _folder["m.zip"], "--dataset", _folder["d.csv"]).Succeeded().Out.TrimEnd('\n').Split('\n').Length);

        string page = File.ReadAllText(_folder["r.html"]);
        string[] parts = ["The search over time", "Trials, the best first", "What the model relies on", .. task == "regression" ? ["Residuals over predicted values"] : new[] { "ROC curve", "Calibration", "by actual label" }];
        Assert.All(parts, part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.Contains("public static class Winner", File.ReadAllText(_folder["w.cs"]), StringComparison.Ordinal);

        // The run store has the trials, and first what was optimized.
        using JsonDocument recorded = JsonDocument.Parse(CommandRun.Of("runs", "show", Text(root, "run"), "--store", _folder["runs.db"], "--json").Succeeded().LastLine);
        JsonElement kept = recorded.RootElement.GetProperty("run");
        Assert.Equal(metric, kept.GetProperty("metrics").EnumerateObject().First().Name);
        Assert.Equal(6, kept.GetProperty("trials").GetArrayLength());
        Assert.All(kept.GetProperty("trials").EnumerateArray(), trial => Assert.True(Text(trial, "status") == "failed" || trial.GetProperty("metrics").TryGetProperty(metric, out _)));
    }

    [Fact]
    public void The_same_seed_and_number_of_trials_give_the_same_leaderboard()
    {
        string[] search = Search("classification", "good", "--max-trials", "8", "--trainers", "LightGbm,Lbfgs", "--folds", "0", "--store", "none", "--json");
        CommandRun[] runs = [CommandProcess.Run(null, [.. search, "--seed", "7", "--parallel-trials", "1"]), CommandProcess.Run(null, [.. search, "--seed", "7", "--parallel-trials", "3"])];
        Assert.All(runs, run => run.Succeeded());
        Assert.Equal(Leaderboard(runs[0]), Leaderboard(runs[1]));
        Assert.NotEqual(Leaderboard(runs[0]), Leaderboard(CommandRun.Of([.. search, "--seed", "8"])));

        static string[] Leaderboard(CommandRun run)
        {
            using JsonDocument json = JsonDocument.Parse(run.LastLine);
            JsonElement root = json.RootElement;
            return [root.GetProperty("winner").ToString(), root.GetProperty("metrics").ToString(),
                .. root.GetProperty("leaderboard").EnumerateArray().Select(trial => $"{trial.GetProperty("trial")} {trial.GetProperty("trainer")} {trial.GetProperty("parameters")} {(trial.TryGetProperty("logLoss", out JsonElement loss) ? loss : trial.GetProperty("cause"))}")];
        }
    }

    [Fact]
    public void Cancelling_saves_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        // Cancelled as soon as there is a trial to keep.
        using var watch = new Timer(_ =>
        {
            if (File.Exists(_folder["runs.db"]) && CommandRun.Of("runs", "show", "latest", "--store", _folder["runs.db"]) is { ExitCode: 0 } shown && shown.Out.Contains("finished", StringComparison.Ordinal)) source.Cancel();
        }, null, 500, 200);
        long start = Environment.TickCount64;
        var run = CommandRun.With(Stream.Null, source.Token, Search("regression", "target", "--train-time", "120", "--store", _folder["runs.db"])).Succeeded();
        Assert.True(Environment.TickCount64 - start < 60_000);
        Assert.Contains("The search was ended; the best model so far is kept.", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["m.zip"]));
    }

    [Theory]
    [InlineData("--metric: there is no metric 'rmsee' for regression. Did you mean 'rmse'? The metrics are: rmse, mae, r2.", "regression", "target", "--metric", "rmsee")]
    [InlineData("--trainers: there is no trainer 'LightGbn' for regression. Did you mean 'LightGbm'? The trainers are: LightGbm, FastTree, FastForest, Lbfgs, Sdca.", "regression", "target", "--trainers", "LightGbn")]
    [InlineData("--group-col is needed: the column that says which rows are ranked together, such as the query.", "ranking", "target")]
    [InlineData("--distributed: trials are shared through a run store, and --store says none.", "regression", "target", "--distributed")]
    public void What_cannot_be_searched_is_told_of(string message, string task, string label, params string[] more) =>
        Assert.Equal(message, CommandRun.Of(Search(task, label, [.. more, "--max-trials", "2"])).Refused());

    [Fact]
    public void Rows_of_groups_are_ranked()
    {
        var random = new Random(3);
        string rows = string.Concat(Enumerable.Range(0, 400).Select(i =>
        {
            double a = random.NextDouble(), b = random.NextDouble();
            return FormattableString.Invariant($"q{i / 8},{a:0.000},{b:0.000},{(int)((a + (0.2 * b)) * 2.5)}\n");
        }));
        string data = _folder.Write("q.csv", $"query,a,b,relevance\n{rows}");
        var run = CommandRun.Of("automl", "ranking", "--dataset", data, "--label-col", "relevance", "--group-col", "query", "--max-trials", "3", "--split", "0.25", "--output", _folder["m.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.InRange(json.RootElement.GetProperty("metrics").GetProperty("ndcg").GetDouble(), 0.8, 1);
        Assert.Contains("ndcg@3", CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", data).Succeeded().Out, StringComparison.Ordinal);
        Assert.Contains("Score", CommandRun.Of("predict", _folder["m.zip"], "--dataset", data).Succeeded().Out, StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
