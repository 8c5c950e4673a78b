using System.Text.Json;

namespace MLPipelines.Cli.Tests.Apply;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text-classification", "label")]
    [InlineData("classification", "good")]
    [InlineData("regression", "target")]
    public void A_saved_model_has_the_metrics_of_its_training(string scenario, string label)
    {
        string data = _folder.Write("d.csv", scenario == "text-classification" ? Samples.Texts() : Samples.Table());
        string test = _folder.Write("t.csv", scenario == "text-classification" ? Samples.Texts(copies: 2).Replace("apple", "saw", StringComparison.Ordinal) : Samples.Table(80).Replace(",x,", ",y,", StringComparison.Ordinal));
        var trained = CommandRun.Of("train", scenario, "--dataset", data, "--label-col", label, "--test-dataset", test, "--output", _folder["m.zip"], "--json").Succeeded();
        var evaluated = CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", test, "--json").Succeeded();
        using JsonDocument one = JsonDocument.Parse(trained.LastLine), two = JsonDocument.Parse(evaluated.LastLine);
        Assert.Equal(one.RootElement.GetProperty("metrics").GetRawText(), two.RootElement.GetProperty("metrics").GetRawText());
        Assert.Equal(one.RootElement.GetProperty("rows").GetProperty("test").GetInt32(), two.RootElement.GetProperty("rows").GetProperty("test").GetInt32());
        Assert.Equal(["command", "scenario", "model", "rows", "metrics", "seconds", "peakMemoryMB"], two.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void Labels_that_are_new_count_as_wrong_and_are_named()
    {
        CommandRun.Of("train", "text-classification", "--dataset", _folder.Write("d.csv", Samples.Texts()), "--label-col", "label", "--output", _folder["m.zip"]).Succeeded();
        string test = _folder.Write("t.csv", "text,label\na ripe apple,fruit\nthe saw,tool\nthe cat,animal\n");
        var run = CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", test).Succeeded();
        Assert.Contains("1 row counted as wrong: the model was not trained on the label 'animal'.", run.Out, StringComparison.Ordinal);
        Assert.Contains("accuracy   0.6667", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_column_with_the_answers_may_have_another_name()
    {
        CommandRun.Of("train", "text-classification", "--dataset", _folder.Write("d.csv", Samples.Texts()), "--label-col", "label", "--output", _folder["m.zip"]).Succeeded();
        string test = _folder.Write("t.csv", "text,truth\na ripe apple,fruit\nthe saw,tool\n");
        Assert.Contains("has no column 'label' with the right answers; --label-col names another.", CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", test).Refused(), StringComparison.Ordinal);
        Assert.Contains("Metrics on 2 rows", CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", test, "--label-col", "truth").Succeeded().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_set_of_one_label_has_no_area_under_a_curve()
    {
        CommandRun.Of("train", "text-classification", "--dataset", _folder.Write("d.csv", Samples.Texts()), "--label-col", "label", "--output", _folder["m.zip"]).Succeeded();
        string test = _folder.Write("t.csv", "text,label\na ripe apple,fruit\na pear,fruit\n");
        var run = CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", test, "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("metrics").GetProperty("auc").ValueKind);
        Assert.Equal(1, json.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble());
    }
}
