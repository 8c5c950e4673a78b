using System.Text;
using System.Text.Json;

namespace MLPipelines.Cli.Tests.Train;

public sealed class TextClassificationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_tickets_are_learned_and_told_of()
    {
        var run = CommandRun.Of("train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "category", "--split", "0.2", "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("Trained on 336 rows", run.Out, StringComparison.Ordinal);
        Assert.Contains("Metrics on 84 test rows set aside", run.Out, StringComparison.Ordinal);
        Assert.Contains("Confused most", run.Out, StringComparison.Ordinal);
        Assert.Contains("Text columns: subject, body", run.Error, StringComparison.Ordinal);
        Assert.Equal(["t.zip"], _folder.Files());
    }

    [Fact]
    public void Json_is_the_last_line_with_the_names_that_are_promised()
    {
        var run = CommandRun.Of("train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "category", "--test-dataset", Samples.Tickets, "--output", _folder["t.zip"], "--json").Succeeded();
        Assert.Equal(run.Out, run.LastLine + "\n");
        Assert.Contains("Metrics on 420 test rows", run.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement root = json.RootElement;
        Assert.Equal(["command", "scenario", "trainer", "model", "modelBytes", "rows", "metrics", "seconds", "peakMemoryMB"], Names(root));
        Assert.Equal(["train", "test"], Names(root.GetProperty("rows")));
        Assert.Equal(["accuracy", "macroF1", "logLoss"], Names(root.GetProperty("metrics")));
        Assert.Equal(["load", "fit", "evaluate", "save", "total"], Names(root.GetProperty("seconds")));
        Assert.Equal(420, root.GetProperty("rows").GetProperty("test").GetInt32());
        Assert.Equal(new FileInfo(_folder["t.zip"]).Length, root.GetProperty("modelBytes").GetInt64());
        Assert.InRange(root.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 0.95, 1);
        Assert.InRange(root.GetProperty("peakMemoryMB").GetDouble(), 10, 100_000);
    }

    [Fact]
    public void Without_test_rows_the_metrics_come_from_rows_held_out_and_it_says_so()
    {
        var run = CommandRun.Of("train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "category", "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("Metrics on 420 rows held out for validation", run.Out, StringComparison.Ordinal);
        Assert.Contains("macroF1", run.Out, StringComparison.Ordinal);
        Assert.Contains("--split 0.2", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_trained_and_predicts_like_any_model()
    {
        string data = _folder.Write("d.csv", Samples.Texts());
        var run = CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", "label", "--test-dataset", data, "--trainer", "textcnn", "--set", "epochs=20", "--set", "vocabularySize=400", "--output", _folder["t.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal("textcnn", json.RootElement.GetProperty("trainer").GetString());
        Assert.InRange(json.RootElement.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Contains("label", CommandRun.Of("predict", _folder["t.zip"], "--dataset", data).Succeeded().Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Auto_says_which_method_won_and_by_how_much()
    {
        var run = CommandRun.Of("train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "category", "--trainer", "auto", "--set", "epochs=1", "--set", "vocabularySize=400", "--output", _folder["t.zip"]).Succeeded();
        Assert.Matches("ngram with an accuracy of .* held-out rows: .* points against textcnn", run.Out);
        Assert.Contains("Methods, by rows held out", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_labels_have_areas_under_curves_and_a_positive_label()
    {
        string data = _folder.Write("d.csv", Samples.Texts());
        var run = CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", "label", "--test-dataset", data, "--output", _folder["t.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement metrics = json.RootElement.GetProperty("metrics");
        Assert.Equal(["accuracy", "macroF1", "logLoss", "auc", "f1", "precision", "recall", "auprc"], Names(metrics));
        Assert.Equal(1, metrics.GetProperty("auc").GetDouble());
        Assert.Contains("about the label 'tool'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d.csv", ',', true, "label")]
    [InlineData("d.csv", ',', true, "1")]
    [InlineData("d.tsv", '\t', true, "label")]
    [InlineData("d.csv", ';', true, "label")]
    [InlineData("d.csv.gz", ',', true, "label")]
    [InlineData("d.csv", ',', false, "1")]
    public void Separator_header_and_compression_are_found_out(string name, char separator, bool header, string label)
    {
        string data = _folder.Write(name, Samples.Texts(separator, header));
        var run = CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", label, "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("Trained on 40 rows", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 labels", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_has_a_label_per_sub_folder_and_a_row_per_file()
    {
        for (int i = 0; i < 6; i++)
        {
            _folder.Write($"data/fruit/{i}.txt", $"pear and apple number {i}");
            _folder.Write($"data/tool/{i}.txt", $"saw and hammer number {i}");
        }
        // é as Latin-1 is not valid UTF-8.
        _folder.Write("data/fruit/latin.txt", Encoding.Latin1.GetBytes("pear flambée"));
        var run = CommandRun.Of("train", "text-classification", "--dataset", _folder["data"], "--output", _folder["t.zip"]).Succeeded();
        Assert.Contains("Trained on 13 rows", run.Out, StringComparison.Ordinal);
        var evaluated = CommandRun.Of("evaluate", _folder["t.zip"], "--dataset", _folder["data"]).Succeeded();
        Assert.Contains("Metrics on 13 rows", evaluated.Out, StringComparison.Ordinal);
        Assert.Contains("Every row was predicted right.", evaluated.Out, StringComparison.Ordinal);
        string words = _folder.Write("new.csv", "text\nflambée\n");
        Assert.Contains("flambée,fruit,", CommandRun.Of("predict", _folder["t.zip"], "--dataset", words).Succeeded().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        foreach (string model in (string[])["a.zip", "b.zip"])
            CommandRun.Of("train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "priority", "--seed", "5", "--output", _folder[model]).Succeeded();
        Assert.Equal(Entries("a.zip"), Entries("b.zip"));
    }

    [Fact]
    public void Settings_change_the_model()
    {
        string data = _folder.Write("d.csv", Samples.Texts());
        string[] train = ["train", "text-classification", "--dataset", data, "--label-col", "label", "--output"];
        CommandRun.Of([.. train, _folder["a.zip"]]).Succeeded();
        CommandRun.Of([.. train, _folder["b.zip"], "--set", "MINIMUMDOCUMENTCOUNT=8", "--set", "cost=2", "--train-time", "100"]).Succeeded();
        Assert.True(new FileInfo(_folder["b.zip"]).Length < new FileInfo(_folder["a.zip"]).Length);
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_counted_apart()
    {
        string data = _folder.Write("d.csv", Samples.Texts() + "something else,\nand more,\n");
        Assert.Contains("Trained on 40 rows", CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", "label", "--output", _folder["t.zip"]).Succeeded().Out, StringComparison.Ordinal);
        Assert.Contains("2 rows without a label left out", CommandRun.Of("evaluate", _folder["t.zip"], "--dataset", data).Succeeded().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_a_page_with_the_metrics()
    {
        CommandRun.Of("train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "category", "--output", _folder["t.zip"], "--report", _folder["r.html"]).Succeeded();
        string page = File.ReadAllText(_folder["r.html"]);
        Assert.Contains("macroF1", page, StringComparison.Ordinal);
        Assert.Contains("feature-request", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_says_what_the_model_was_made_of()
    {
        CommandRun.Of("train", "text-classification", "--dataset", Samples.Tickets, "--label-col", "category", "--split", "0.25", "--output", _folder["t.zip"]).Succeeded();
        using JsonDocument json = JsonDocument.Parse(CommandRun.Of("inspect", _folder["t.zip"], "--json").Succeeded().LastLine);
        JsonElement training = json.RootElement.GetProperty("training");
        Assert.Equal("support-tickets.csv", training.GetProperty("dataFile").GetString());
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Samples.Tickets)));
        Assert.Equal(hash, training.GetProperty("dataSha256").GetString());
        Assert.Equal(315, training.GetProperty("trainRows").GetInt32());
        Assert.Equal(105, training.GetProperty("testRows").GetInt32());
        Assert.Equal("category", training.GetProperty("properties").GetProperty("labelColumn").GetString());
        Assert.Equal("subject, body", training.GetProperty("properties").GetProperty("textColumns").GetString());
        Assert.Equal(["subject", "body"], json.RootElement.GetProperty("input").EnumerateArray().Select(column => column.GetProperty("name").GetString()!));
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private string Entries(string model)
    {
        using JsonDocument json = JsonDocument.Parse(CommandRun.Of("inspect", _folder[model], "--json").Succeeded().LastLine);
        return json.RootElement.GetProperty("entries").GetRawText();
    }
}
