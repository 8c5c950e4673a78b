using System.Text.Json;

namespace MLPipelines.Cli.Tests.Exporting;

/// <summary><c>mlp export</c>. That the files say what the models say is tested where the exporter is.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_classifier_of_a_table_tells_its_inputs_outputs_and_labels()
    {
        CommandRun.Of("train", "classification", "--dataset", _folder.Write("d.csv", Samples.Table()), "--label-col", "good", "--output", _folder["m.zip"]).Succeeded();
        var run = CommandRun.Of("export", _folder["m.zip"], "--onnx", _folder["m.onnx"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        JsonElement root = json.RootElement;
        Assert.Equal(run.LastLine + "\n", run.Out);
        Assert.Equal("export", root.GetProperty("command").GetString());
        Assert.Equal(new FileInfo(_folder["m.onnx"]).Length, root.GetProperty("onnxBytes").GetInt64());
        // The label is no input: what is predicted does not need it.
        string[] inputs = [.. root.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()!)];
        Assert.Contains("a", inputs);
        Assert.DoesNotContain("good", inputs);
        Assert.Equal(["no", "yes"], root.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!).Order());
        var outputs = root.GetProperty("outputs").EnumerateArray().ToDictionary(output => output.GetProperty("name").GetString()!, output => output.GetProperty("type").GetString());
        Assert.Equal("string", outputs["PredictedLabel.output"]);
        Assert.Equal("float", outputs["Score.output"]);
    }

    [Fact]
    public void A_classifier_of_texts_says_how_to_run_it()
    {
        CommandRun.Of("train", "text-classification", "--dataset", _folder.Write("d.csv", Samples.Texts()), "--label-col", "label", "--output", _folder["m.zip"]).Succeeded();
        string shown = CommandRun.Of("export", _folder["m.zip"], "--onnx", _folder["m.onnx"]).Succeeded().Out;
        foreach (string part in (string[])["Takes", "text", "Gives", "PredictedLabel.output", "[rows, 2]", "fruit, tool", "ApplyOnnxModel", "onnxruntime.InferenceSession", "com.microsoft"])
            Assert.Contains(part, shown, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["m.onnx"]));
    }

    [Fact]
    public void A_model_of_numbers_and_one_of_ratings_are_exported()
    {
        CommandRun.Of("train", "regression", "--dataset", _folder.Write("d.csv", Samples.Table()), "--label-col", "target", "--output", _folder["r.zip"]).Succeeded();
        CommandRun.Of("export", _folder["r.zip"], "--onnx", _folder["r.onnx"], "--opset", "13").Succeeded();
        string ratings = "user,item,rating\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"u{i % 12},i{i * 7 % 10},{1 + i * i % 5}\n"));
        CommandRun.Of("train", "recommendation", "--dataset", _folder.Write("ratings.csv", ratings), "--output", _folder["p.zip"], "--trainer", "rating-baseline").Succeeded();
        string shown = CommandRun.Of("export", _folder["p.zip"], "--onnx", _folder["p.onnx"]).Succeeded().Out;
        Assert.Contains("Score.output", shown, StringComparison.Ordinal);
        Assert.Contains("user", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_texts_takes_tokens_and_has_its_tokenizer_beside_it()
    {
        CommandRun.Of("train", "text-classification", "--dataset", _folder.Write("d.csv", Samples.Texts()), "--label-col", "label", "--trainer", "textcnn", "--set", "epochs=1", "--output", _folder["t.zip"]).Succeeded();
        string shown = CommandRun.Of("export", _folder["t.zip"], "--onnx", _folder["t.onnx"]).Succeeded().Out;
        foreach (string part in (string[])["input_ids", "attention_mask", "[rows, tokens]", "PredictedLabel.output", "fruit, tool", "t.tokenizer, which", "tokens[\"input_ids\"]"])
            Assert.Contains(part, shown, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder["t.tokenizer"], "tokenizer.json")));
        using JsonDocument json = JsonDocument.Parse(CommandRun.Of("export", _folder["t.zip"], "--onnx", _folder["t.onnx"], "--json").Succeeded().LastLine);
        Assert.Equal([_folder["t.tokenizer"]], json.RootElement.GetProperty("tokenizers").EnumerateArray().Select(folder => folder.GetString()!));
    }

    [Fact]
    public void A_writer_of_texts_gives_the_scores_of_what_comes_next()
    {
        CommandRun.Of("train", "text-generation", "--dataset", _folder.Write("d.txt", string.Concat(Enumerable.Repeat("The cat sat on the mat. The dog lay on the rug.\n\n", 40))), "--epochs", "1",
            "--set", "layers=1", "--set", "hidden=16", "--set", "heads=2", "--set", "context=32", "--output", _folder["g.zip"]).Succeeded();
        string shown = CommandRun.Of("export", _folder["g.zip"], "--onnx", _folder["g.onnx"]).Succeeded().Out;
        foreach (string part in (string[])["input_ids", "logits", "g.tokenizer"]) Assert.Contains(part, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_exported_is_named_and_nothing_is_written()
    {
        CommandRun.Of("train", "forecasting", "--dataset", _folder.Write("d.csv", "day,value\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 7}\n"))),
            "--time-col", "day", "--value-col", "value", "--horizon", "7", "--output", _folder["f.zip"]).Succeeded();
        string refused = CommandRun.Of("export", _folder["f.zip"], "--onnx", _folder["f.onnx"]).Refused();
        Assert.Contains("step 1 (series-forecasting): it continues a series", refused, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["f.onnx"]));
    }

    [Fact]
    public void A_version_of_the_operators_that_is_not_written_is_refused()
    {
        CommandRun.Of("train", "regression", "--dataset", _folder.Write("d.csv", Samples.Table()), "--label-col", "target", "--output", _folder["r.zip"]).Succeeded();
        Assert.Contains("versions 9 to 17", CommandRun.Of("export", _folder["r.zip"], "--onnx", _folder["r.onnx"], "--opset", "21").Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_names_every_option()
    {
        string help = CommandRun.Of("export", "--help").Succeeded().Out;
        foreach (string option in (string[])["<model.zip>", "--onnx", "--outputs", "--opset", "--json"]) Assert.Contains(option, help, StringComparison.Ordinal);
    }
}
