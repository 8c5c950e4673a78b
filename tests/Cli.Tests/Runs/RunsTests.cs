using System.Text.Json;

namespace MLPipelines.Cli.Tests.Runs;

public sealed class RunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Store => _folder["runs.db"];

    private CommandRun Train(string scenario, string label, params string[] more) => CommandRun.Of(
        ["train", scenario, "--dataset", _folder.Write("d.csv", Samples.Table()), "--label-col", label, "--output", _folder[$"{label}.zip"], "--json", .. more.Contains("--store") ? more : [.. more, "--store", Store]]);

    private JsonElement Runs(params string[] args)
    {
        using JsonDocument json = JsonDocument.Parse(CommandRun.Of(["runs", .. args, "--store", Store, "--json"]).Succeeded().LastLine);
        return json.RootElement.Clone();
    }

    private static string IdOf(CommandRun run)
    {
        using JsonDocument json = JsonDocument.Parse(run.Succeeded().LastLine);
        return json.RootElement.GetProperty("run").GetString()!;
    }

    [Fact]
    public void A_training_is_recorded_with_all_that_makes_it_again()
    {
        string id = IdOf(Train("classification", "good", "--seed", "5", "--set", "l2=0.5", "--split", "0.25"));
        JsonElement run = Runs("show", id[..6]).GetProperty("run");
        Assert.Equal((id, "d-good", "train", "classification", "lbfgs", "finished"), (Text(run, "id"), Text(run, "experiment"), Text(run, "command"), Text(run, "scenario"), Text(run, "trainer"), Text(run, "status")));
        Assert.Equal((5, _folder["d.csv"], _folder["good.zip"]), (run.GetProperty("seed").GetInt32(), Text(run, "data"), Text(run, "model")));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_folder["d.csv"]))), Text(run, "dataSha256"));
        JsonElement parameters = run.GetProperty("parameters");
        Assert.Equal(("good", "0.5", "0.25"), (Text(parameters, "labelColumn"), Text(parameters, "l2"), Text(parameters, "split")));
        Assert.True(run.GetProperty("metrics").GetProperty("accuracy").GetDouble() > 0.8);
        Assert.Equal(Environment.MachineName, Text(run, "machine"));
    }

    [Fact]
    public void Candidates_that_were_tried_are_trials()
    {
        string data = _folder.Write("t.csv", Samples.Texts());
        string id = IdOf(CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", "label", "--output", _folder["t.zip"], "--store", Store, "--experiment", "mine", "--json"));
        JsonElement run = Runs("show", "latest").GetProperty("run");
        Assert.Equal((id, "mine"), (Text(run, "id"), Text(run, "experiment")));
        Assert.True(run.GetProperty("trials").GetArrayLength() > 1);
        Assert.All(run.GetProperty("trials").EnumerateArray(), trial => Assert.Equal(id, Text(trial, "run")));
        string shown = CommandRun.Of("runs", "show", $"{id}/1", "--store", Store).Succeeded().Out;
        Assert.Contains($"Trial 1 of run {id}", shown, StringComparison.Ordinal);
        Assert.Contains("logLoss", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_listed_compared_and_the_best_is_found()
    {
        string weak = IdOf(Train("classification", "good", "--set", "l2=100000")), good = IdOf(Train("classification", "good")), number = IdOf(Train("regression", "target"));
        Assert.Equal([number, good, weak], Ids(Runs("list")));
        Assert.Equal([good, weak], Ids(Runs("list", "--experiment", "d-good")));
        Assert.Equal([number], Ids(Runs("list", "--scenario", "regression")));
        Assert.Equal([number], Ids(Runs("list", "--count", "1")));
        Assert.Empty(Ids(Runs("list", "--status", "failed")));
        Assert.Equal([number, good], Ids(Runs("best")));
        Assert.Equal([good], Ids(Runs("best", "--metric", "logLoss")));
        Assert.Equal(["l2"], [.. Runs("compare", weak, good).GetProperty("differences").EnumerateArray().Select(name => name.GetString()!).Where(name => name is "l2" or "labelColumn")]);

        string listed = CommandRun.Of("runs", "list", "--store", Store).Succeeded().Out;
        Assert.StartsWith($"Runs in {Store}, the newest first\n", listed, StringComparison.Ordinal);
        Assert.Equal(5, listed.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("more are the same in all; --all shows them.", CommandRun.Of("runs", "compare", weak, good, "--store", Store).Succeeded().Out, StringComparison.Ordinal);
        Assert.Contains("100000", CommandRun.Of("runs", "compare", weak, good, "--store", Store).Succeeded().Out, StringComparison.Ordinal);
        Assert.Contains("The best run of each experiment", CommandRun.Of("runs", "best", "--store", Store).Succeeded().Out, StringComparison.Ordinal);

        CommandRun.Of("runs", "export", "--output", _folder["mlruns"], "--store", Store).Succeeded();
        Assert.Equal(2, Directory.GetDirectories(_folder["mlruns"]).Length);
        Assert.Equal(3, Directory.GetFiles(_folder["mlruns"], "target.zip", SearchOption.AllDirectories).Length + Directory.GetFiles(_folder["mlruns"], "good.zip", SearchOption.AllDirectories).Length);

        Assert.Contains("Its model", CommandRun.Of("runs", "delete", weak, good, "--store", Store).Succeeded().Out, StringComparison.Ordinal);
        Assert.Equal([number], Ids(Runs("list")));
        Assert.True(File.Exists(_folder["good.zip"]));
    }

    [Fact]
    public void A_training_that_fails_is_recorded_with_its_cause()
    {
        string data = _folder.Write("one.csv", "a,b,label\n1,2,x\n2,1,x\n3,5,x\n4,4,x\n");
        string message = CommandRun.Of("train", "classification", "--dataset", data, "--label-col", "label", "--output", _folder["m.zip"], "--store", Store).Refused();
        JsonElement run = Runs("list").GetProperty("runs")[0];
        Assert.Equal(("failed", message), (Text(run, "status"), Text(run, "cause")));
    }

    [Fact]
    public void A_store_that_cannot_be_written_costs_a_line_and_nothing_else()
    {
        string data = _folder.Write("d.csv", Samples.Table()), file = _folder.Write("text.txt", new string('x', 5000));
        foreach (string store in (string[])[file, Path.Combine(file, "runs.db"), "Host=127.0.0.1;Port=1;Database=x"])
        {
            var run = CommandRun.Of("train", "regression", "--dataset", data, "--label-col", "target", "--output", _folder["t.zip"], "--store", store, "--json").Succeeded();
            Assert.Single(run.Error.Split('\n'), line => line.StartsWith("This run is not recorded: The run store ", StringComparison.Ordinal));
            Assert.DoesNotContain("\"run\"", run.LastLine, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("There is no run 'abcd' in", "runs", "show", "abcd")]
    [InlineData("Give at least two runs to compare, such as: mlp runs compare 3f9a 77b0", "runs", "compare", "abcd")]
    [InlineData("No run in", "runs", "best")]
    [InlineData("There are no such runs in", "runs", "export")]
    public void What_cannot_be_shown_is_told_of(string message, params string[] args) =>
        Assert.StartsWith(message, CommandRun.Of([.. args, "--store", Store]).Refused(), StringComparison.Ordinal);

    [Fact]
    public void Without_a_store_nothing_is_recorded()
    {
        Assert.DoesNotContain("\"run\"", Train("regression", "target", "--store", "none").Succeeded().LastLine, StringComparison.Ordinal);
        Assert.StartsWith("No runs are recorded", CommandRun.Of("runs", "list").Refused(), StringComparison.Ordinal);
        Assert.StartsWith("The connection string of the run store is not one of PostgreSQL", Train("regression", "target", "--store", "Host=x;Nonsense=1").Refused(), StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string[] Ids(JsonElement answer) => [.. answer.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetString()!)];
}
