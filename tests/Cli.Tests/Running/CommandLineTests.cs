namespace MLPipelines.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Say what to do: mlp train | automl | evaluate | predict | recommend | generate | explain | export | inspect | convert | serve | runs | pretrain | models. See 'mlp --help'.")]
    [InlineData("Say what to do: mlp train text-classification | classification | regression | forecasting | financial-forecasting | recommendation | image-classification | anomaly-detection | text-generation. See 'mlp train --help'.", "train")]
    [InlineData("There is no 'trian' in 'mlp': expected train, automl, evaluate, predict, recommend, generate, explain, export, inspect, convert, serve, runs, pretrain, models. Did you mean 'train'? See 'mlp --help'.", "trian")]
    [InlineData("There is no 'clasification' in 'mlp train': expected text-classification, classification, regression, forecasting, financial-forecasting, recommendation, image-classification, anomaly-detection, text-generation. Did you mean 'classification'? See 'mlp train --help'.", "train", "clasification")]
    [InlineData("Option '--dataset' is required. See 'mlp train regression --help'.", "train", "regression")]
    public void A_command_line_that_is_wrong_is_answered_in_a_sentence(string message, params string[] args) =>
        Assert.Equal(message, CommandRun.Of(args).Refused());

    [Theory]
    [InlineData("Commands:", "--help")]
    [InlineData("text-classification", "train", "--help")]
    [InlineData("--label-col", "train", "text-classification", "--help")]
    [InlineData("--text-col", "train", "text-classification", "--help")]
    [InlineData("--separator", "predict", "--help")]
    [InlineData("--half-life", "train", "recommendation", "--help")]
    [InlineData("--similar-to", "recommend", "--help")]
    [InlineData("--repetition-penalty", "generate", "--help")]
    [InlineData("--separation", "train", "text-generation", "--help")]
    [InlineData("--certificate", "serve", "--help")]
    [InlineData("model.zip", "inspect", "--help")]
    public void Help_lists_what_there_is(string part, params string[] args) =>
        Assert.Contains(part, CommandRun.Of(args).Succeeded().Out, StringComparison.Ordinal);

    [Fact]
    public void A_defect_asks_to_be_reported()
    {
        using var folder = new TemporaryFolder();
        string data = folder.Write("d.csv", Samples.Texts());
        CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", "label", "--output", folder["m.zip"]).Succeeded();
        using StringWriter output = new(), error = new();
        // Standard output is not connected, which is no mistake of the user.
        Assert.Equal(1, Program.Run(["predict", folder["m.zip"], "--dataset", data], output, error));
        Assert.Contains("System.InvalidOperationException: There is no standard output.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Please report it", error.ToString(), StringComparison.Ordinal);
    }
}
