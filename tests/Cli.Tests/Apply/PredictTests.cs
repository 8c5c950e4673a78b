using System.Globalization;
using System.Text;

namespace MLPipelines.Cli.Tests.Apply;

/// <summary>A model of fruits and tools, trained once for the tests of a class.</summary>
public sealed class FruitModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FruitModel() =>
        CommandRun.Of("train", "text-classification", "--dataset", _folder.Write("d.csv", Samples.Texts()), "--label-col", "label", "--output", Path).Succeeded();

    internal string Path => _folder["fruit.zip"];

    public void Dispose() => _folder.Dispose();
}

public sealed class PredictTests(FruitModel model) : IClassFixture<FruitModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_stay_as_they_stand_in_the_file()
    {
        string rows = "id, text ,note\r\n1,\"an apple, \"\"red\"\"\",  kept \r\n2,saw\r\n\"3\",\"a hammer\non two lines\",x\r\n4,pear,y,\r\n";
        string[] lines = Predict(_folder.Write("d.csv", rows)).Split('\n');
        Assert.Equal("id, text ,note,PredictedLabel,Probability", lines[0]);
        Assert.StartsWith("1,\"an apple, \"\"red\"\"\",  kept ,fruit,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2,saw,,tool,", lines[2], StringComparison.Ordinal);
        Assert.Equal("\"3\",\"a hammer", lines[3]);
        Assert.StartsWith("on two lines\",x,tool,", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("4,pear,y,fruit,", lines[5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void The_separator_is_that_of_the_input(char separator)
    {
        string data = _folder.Write("d.csv", $"n{separator}text\n1{separator}an apple, a pear\n2{separator}the saw\n");
        string[] lines = Predict(data).Split('\n');
        Assert.Equal($"n{separator}text{separator}PredictedLabel{separator}Probability", lines[0]);
        Assert.StartsWith($"1{separator}an apple, a pear{separator}fruit{separator}", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_one_column_may_hold_any_character()
    {
        string data = _folder.Write("d.csv", "text\nan apple, a pear; and\tmore\n\"the \"\"saw\"\"\"\n");
        string[] lines = Predict(data).Split('\n');
        Assert.Equal("text,PredictedLabel,Probability", lines[0]);
        Assert.StartsWith("\"an apple, a pear; and\tmore\",fruit,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"the \"\"saw\"\"\",tool,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_of_all_labels_add_up_to_one()
    {
        string[] lines = Predict(_folder.Write("d.csv", "text,n\npear,1\nsaw,2\n"), "--scores").TrimEnd('\n').Split('\n');
        Assert.Equal("text,n,PredictedLabel,Probability,Score.fruit,Score.tool", lines[0]);
        foreach (string line in lines[1..])
        {
            string[] cells = line.Split(',');
            double fruit = double.Parse(cells[4], CultureInfo.InvariantCulture), tool = double.Parse(cells[5], CultureInfo.InvariantCulture);
            Assert.Equal(1, fruit + tool, 1e-5);
            Assert.Equal(Math.Max(fruit, tool), double.Parse(cells[3], CultureInfo.InvariantCulture), 1e-6);
            Assert.Equal(fruit > tool ? "fruit" : "tool", cells[2]);
        }
    }

    [Fact]
    public void Many_rows_come_in_their_order_with_the_labels_of_each()
    {
        var text = new StringBuilder("n,text\n");
        for (int i = 0; i < 30_000; i++) text.Append(CultureInfo.InvariantCulture, $"{i},{(i % 3 == 0 ? "apple and pear" : "saw and hammer")} {i}\n");
        string[] lines = Predict(_folder.Write("d.csv", text.ToString())).TrimEnd('\n').Split('\n');
        Assert.Equal(30_001, lines.Length);
        for (int i = 0; i < 30_000; i++)
        {
            string[] cells = lines[i + 1].Split(',');
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), cells[0]);
            Assert.Equal(i % 3 == 0 ? "fruit" : "tool", cells[2]);
        }
    }

    [Fact]
    public void Standard_input_is_read_to_its_end()
    {
        var text = new StringBuilder("text,n\n");
        for (int i = 0; i < 20_000; i++) text.Append(CultureInfo.InvariantCulture, $"a pear tree,{i}\n");
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        var run = CommandRun.With(input, default, "predict", model.Path, "--dataset", "-").Succeeded();
        Assert.Equal(20_001, run.Out.Count(c => c == '\n'));
        Assert.StartsWith("a pear tree,19999,fruit,", run.LastLine, StringComparison.Ordinal);
        Assert.Contains("20,000 rows predicted", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_header_there_is_none_in_the_output()
    {
        string data = _folder.Write("d.csv", Samples.Texts(header: false));
        CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", "1", "--output", _folder["t.zip"]).Succeeded();
        string first = CommandRun.Of("predict", _folder["t.zip"], "--dataset", data).Succeeded().Out.Split('\n')[0];
        Assert.StartsWith("\"a ripe apple from the orchard 0\",fruit,fruit,", first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_and_its_compressed_form_hold_the_same_rows()
    {
        string data = _folder.Write("d.csv.gz", Samples.Texts());
        CommandRun.Of("predict", model.Path, "--dataset", data, "--output", _folder["o.csv"]).Succeeded();
        CommandRun.Of("predict", model.Path, "--dataset", data, "--output", _folder["o.csv.gz"]).Succeeded();
        using var gzip = new System.IO.Compression.GZipStream(File.OpenRead(_folder["o.csv.gz"]), System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal(File.ReadAllText(_folder["o.csv"]), new StreamReader(gzip).ReadToEnd());
    }

    [Fact]
    public void Numbers_are_written_with_the_decimal_mark_of_the_input()
    {
        string data = _folder.Write("d.csv", Samples.Table(100, ';', ','));
        CommandRun.Of("train", "regression", "--dataset", data, "--label-col", "target", "--output", _folder["t.zip"]).Succeeded();
        string[] lines = CommandRun.Of("predict", _folder["t.zip"], "--dataset", data).Succeeded().Out.TrimEnd('\n').Split('\n');
        Assert.EndsWith(";target;Score", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Matches("^-?[0-9]+(,[0-9]+)?$", line.Split(';')[^1]));
    }

    [Fact]
    public void A_row_that_cannot_be_read_leaves_no_file()
    {
        string data = _folder.Write("d.csv", "text,n\npear,1\n\"saw\"x,2\n");
        string message = CommandRun.Of("predict", model.Path, "--dataset", data, "--output", _folder["o.csv"], "--quoting", "true").Refused();
        Assert.Contains("d.csv row 3", message, StringComparison.Ordinal);
        Assert.Equal(["d.csv"], _folder.Files());
    }

    [Fact]
    public void A_cancelled_prediction_leaves_the_old_file()
    {
        string data = _folder.Write("d.csv", Samples.Texts()), output = _folder.Write("o.csv", "old");
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Equal(130, CommandRun.With(Stream.Null, cancellation.Token, "predict", model.Path, "--dataset", data, "--output", output).ExitCode);
        Assert.Equal("old", File.ReadAllText(output));
        Assert.Equal(["d.csv", "o.csv"], _folder.Files());
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        string data = _folder.Write("d.csv", "txt,n\npear,1\n");
        Assert.StartsWith($"{data} has no column 'text', which {model.Path} predicts from. Did you mean 'txt'?", CommandRun.Of("predict", model.Path, "--dataset", data).Refused(), StringComparison.Ordinal);
        Assert.Equal("Model file 'no.zip' not found.", CommandRun.Of("predict", "no.zip", "--dataset", data).Refused());
        Assert.Contains("is not a model file", CommandRun.Of("predict", data, "--dataset", data).Refused(), StringComparison.Ordinal);
        Assert.Contains("has a header and no rows", CommandRun.Of("predict", model.Path, "--dataset", _folder.Write("h.csv", "text,n\n")).Refused(), StringComparison.Ordinal);
        Assert.StartsWith("--json: standard output takes the rows", CommandRun.Of("predict", model.Path, "--dataset", data, "--json").Refused(), StringComparison.Ordinal);
    }

    private string Predict(string data, params string[] more) =>
        CommandRun.Of(["predict", model.Path, "--dataset", data, .. more]).Succeeded().Out;
}
