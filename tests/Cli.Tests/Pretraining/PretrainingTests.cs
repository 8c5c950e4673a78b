using System.Text.Json;

namespace MLPipelines.Cli.Tests;

/// <summary>Pretraining, and the cache of models, which its results are put into.</summary>
public sealed class PretrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Texts_become_an_encoder()
    {
        string texts = _folder.Write("texts.txt", string.Join('\n', Enumerable.Range(0, 60).Select(i => $"text {i} says {i % 7} things of {i % 5} kinds")));
        CommandRun run = CommandRun.Of("pretrain", "text", "--corpus", texts, "--output", _folder["encoder"], "--config", Config(), "--epochs", "1", "--vocabulary-size", "300", "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal((60, 3), (json.RootElement.GetProperty("texts").GetInt32(), json.RootElement.GetProperty("heldOut").GetInt32()));
        Assert.True(json.RootElement.GetProperty("metrics").GetProperty("validationLoss").GetDouble() > 0);
        Assert.Contains("Fine-tune it", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder["encoder"], "model.safetensors")));

        CommandRun other = CommandRun.Of("pretrain", "text", "--corpus", texts, "--output", _folder["second"], "--initial-weights", _folder["encoder"], "--epochs", "1").Succeeded();
        Assert.Contains("Learned from 57 texts of 60: ", other.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_classifier_teaches_another()
    {
        string labelled = _folder.Write("d.csv", Samples.Texts());
        CommandRun.Of("train", "text-classification", "--dataset", labelled, "--label-col", "label", "--text-col", "text", "--output", _folder["teacher.zip"]).Succeeded();
        string[] teach = ["pretrain", "text", "--corpus", labelled, "--teacher", _folder["teacher.zip"], "--epochs", "1", "--output"];
        Assert.Contains("expected a name that ends in .zip", CommandRun.Of([.. teach, _folder["student"]]).Refused(), StringComparison.Ordinal);
        Assert.Contains("Learned what the teacher says of", CommandRun.Of([.. teach, _folder["student.zip"]]).Succeeded().Out, StringComparison.Ordinal);
        CommandRun predicted = CommandRun.Of("predict", _folder["student.zip"], "--dataset", labelled).Succeeded();
        Assert.Contains("PredictedLabel", predicted.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--architecture: found 'gpt', expected nas-bert or bert.", "--architecture", "gpt")]
    [InlineData("There is no file or folder nowhere.txt to learn from.", "--epochs", "1")]
    public void What_cannot_be_is_told_of(string message, params string[] options) =>
        Assert.Equal(message, CommandRun.Of(["pretrain", "text", "--corpus", "nowhere.txt", "--output", _folder["e"], .. options]).Refused().Split(" See 'mlp")[0]);

    [Theory]
    [InlineData("'A' cannot name a model: expected small letters, digits, dots, hyphens and underscores, the first a letter or digit.", "A")]
    [InlineData("--sha256: found 'abc', expected 64 hexadecimal digits.", "a", "--sha256", "abc")]
    [InlineData("There is no file or folder nowhere.safetensors.", "a")]
    public void A_model_that_cannot_be_added_is_told_of(string message, params string[] options) =>
        Assert.Equal(message, CommandRun.Of(["models", "add", "--from", "nowhere.safetensors", .. options]).Refused());

    private string Config() => _folder.Write("config.json", """{ "model_type": "bert", "vocab_size": 1, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32, "max_position_embeddings": 64 }""");
}
