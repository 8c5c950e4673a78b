using System.Text.Json;

namespace MLPipelines.Cli.Tests.Inspect;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_tells_its_columns_steps_and_training()
    {
        CommandRun.Of("train", "classification", "--dataset", _folder.Write("d.csv", Samples.Table()), "--label-col", "good", "--output", _folder["m.zip"]).Succeeded();
        string shown = CommandRun.Of("inspect", _folder["m.zip"]).Succeeded().Out;
        foreach (string part in (string[])["format 1", "classification", "lbfgs", "d.csv", "multiclass-prediction", "replace-missing-values", "no, yes", "accuracy", "weights.npy", "Columns that it learned from", "What it predicted for rows that it learned from"])
            Assert.Contains(part, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_the_manifest_on_one_line()
    {
        CommandRun.Of("train", "regression", "--dataset", _folder.Write("d.csv", Samples.Table()), "--label-col", "target", "--output", _folder["m.zip"]).Succeeded();
        var run = CommandRun.Of("inspect", _folder["m.zip"], "--json").Succeeded();
        Assert.Equal(run.LastLine + "\n", run.Out);
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal(1, json.RootElement.GetProperty("format").GetInt32());
        JsonElement training = json.RootElement.GetProperty("training");
        Assert.Equal("regression", training.GetProperty("scenario").GetString());
        Assert.All(training.GetProperty("profile").GetProperty("inputs").EnumerateArray(), column => Assert.True(column.GetProperty("rows").GetInt64() > 0));
        Assert.Equal(["Score"], training.GetProperty("profile").GetProperty("outputs").EnumerateArray().Select(column => column.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_file_that_is_no_model_is_named()
    {
        string file = _folder.Write("x.zip", "no zip at all");
        Assert.StartsWith($"{file} is not a model file", CommandRun.Of("inspect", file).Refused(), StringComparison.Ordinal);
    }
}
