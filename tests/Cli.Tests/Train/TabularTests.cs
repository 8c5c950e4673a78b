using System.Globalization;
using System.Text.Json;

namespace MLPipelines.Cli.Tests.Train;

public sealed class TabularTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(',', '.')]
    [InlineData(';', ',')]
    [InlineData('\t', '.')]
    public void A_number_that_is_linear_in_the_columns_is_found(char separator, char decimalMark)
    {
        string data = _folder.Write("d.csv", Samples.Table(300, separator, decimalMark));
        var run = CommandRun.Of("train", "regression", "--dataset", data, "--label-col", "target", "--split", "0.2", "--output", _folder["t.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement metrics = json.RootElement.GetProperty("metrics");
        Assert.Equal(["rmse", "mae", "r2"], metrics.EnumerateObject().Select(metric => metric.Name));
        Assert.InRange(metrics.GetProperty("r2").GetDouble(), 0.99, 1);
        Assert.Contains("Column id left out: it names rows.", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 date", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_is_predicted_from_numbers_and_categories()
    {
        string data = _folder.Write("d.csv", Samples.Table(400));
        var run = CommandRun.Of("train", "classification", "--dataset", data, "--label-col", "good", "--ignore-cols", "target,day", "--test-dataset", data, "--output", _folder["t.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.InRange(json.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 0.95, 1);
        Assert.InRange(json.RootElement.GetProperty("metrics").GetProperty("auc").GetDouble(), 0.99, 1);
        Assert.Contains("about the label 'yes'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("day", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_numbers_are_filled_in()
    {
        string[] lines = Samples.Table(200).Split('\n');
        for (int i = 5; i < lines.Length - 1; i += 10)
        {
            string[] cells = lines[i].Split(',');
            cells[2] = i % 20 == 5 ? "" : "NA";
            lines[i] = string.Join(',', cells);
        }
        string data = _folder.Write("d.csv", string.Join('\n', lines));
        var run = CommandRun.Of("train", "classification", "--dataset", data, "--label-col", "kind", "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("3 numbers", run.Out, StringComparison.Ordinal);
        var predicted = CommandRun.Of("predict", _folder["t.zip"], "--dataset", data).Succeeded();
        Assert.Equal(201, predicted.Out.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Truth_values_and_texts_are_features()
    {
        var text = new System.Text.StringBuilder("flag,note,number,label\n");
        for (int i = 0; i < 60; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "true" : "false")},this is note number {i} about {(i % 2 == 0 ? "apples" : "hammers")},{i % 7},{(i % 2 == 0 ? "fruit" : "tool")}\n");
        string data = _folder.Write("d.csv", text.ToString());
        var run = CommandRun.Of("train", "classification", "--dataset", data, "--label-col", "label", "--test-dataset", data, "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("lbfgs on 2 numbers, 1 text", run.Out, StringComparison.Ordinal);
        Assert.Contains("Every row was predicted right.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_among_numbers_is_named()
    {
        string data = _folder.Write("d.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i * 1.5},{(i == 50 ? "ten" : i * 7 % 59)},{i}\n")));
        var run = CommandRun.Of("train", "regression", "--dataset", data, "--label-col", "y", "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("Column b left out: most of its values are numbers, but not 'ten'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_with_another_decimal_mark_are_told_of()
    {
        string data = _folder.Write("d.csv", "a,b,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i * 7 % 59},\"{i},5\",{i}\n")));
        string[] train = ["train", "regression", "--dataset", data, "--label-col", "y", "--sep", ",", "--output", _folder["t.zip"]];
        Assert.Contains("Column b left out: '0,5' is a number if ',' is the decimal mark; --decimal ',' says so.", CommandRun.Of([.. train, "--decimal", "."]).Succeeded().Error, StringComparison.Ordinal);
        Assert.Contains("2 numbers", CommandRun.Of([.. train, "--decimal", ","]).Succeeded().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_numbers_as_labels_get_a_hint()
    {
        string data = _folder.Write("d.csv", Samples.Table());
        Assert.Contains("different numbers, each a label of its own here. 'mlp train regression' predicts numbers.",
            CommandRun.Of("train", "classification", "--dataset", data, "--label-col", "target", "--output", _folder["t.zip"]).Succeeded().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classification", "kind", "sdca")]
    [InlineData("classification", "kind", "LBFGS")]
    [InlineData("regression", "target", "sdca")]
    [InlineData("regression", "target", "ols")]
    [InlineData("regression", "a", "poisson")]
    public void Trainers_are_chosen_by_name(string scenario, string label, string trainer)
    {
        string data = _folder.Write("d.csv", Samples.Table());
        var run = CommandRun.Of("train", scenario, "--dataset", data, "--label-col", label, "--trainer", trainer, "--set", "l2=0.01", "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains($"Model: {trainer.ToLowerInvariant()} on", run.Out, StringComparison.Ordinal);
        Assert.Contains("rows held out for validation", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_predict_from_is_told_of()
    {
        string data = _folder.Write("d.csv", "shop,label\nUlm,x\nUlm,y\nUlm,x\n");
        Assert.Equal("There is no column to predict 'label' from. Left out: shop (it has the same value in every row).", CommandRun.Of("train", "classification", "--dataset", data, "--label-col", "label").Refused());
    }
}
