using System.Text.Json;

namespace MLPipelines.Cli.Tests.Train;

public sealed class TextGenerationTests : IDisposable
{
    private const string Text = "Roses are red, violets are blue.\n\nSugar is sweet,\nand so are you.\n";

    private static readonly string[] Small =
        ["--epochs", "250", "--set", "layers=2", "--set", "hidden=32", "--set", "heads=2", "--set", "context=48", "--set", "dropout=0", "--set", "learningRate=0.006", "--set", "validation=0", "--set", "batchSize=4", "--set", "vocabulary=270"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_that_was_learned_is_generated_again()
    {
        var run = Train();
        Assert.Contains("Trained on 2 texts of ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Model: GPT-2 architecture of 2 layers, hidden size 32, 2 heads", run.Out, StringComparison.Ordinal);
        Assert.Contains($"Use it: mlp generate {_folder["m.zip"]} --prompt", run.Out, StringComparison.Ordinal);
        Assert.Equal(" are red, violets are blue.\n", Generate("--prompt", "Roses").Out);
        Assert.Equal(" are red\n", Generate("--prompt", "Roses", "--stop", "xyz", "--stop", ", v").Out);
        Assert.Equal(" is sweet,\nand so are you.\n", CommandRun.With(new MemoryStream("Sugar\n"u8.ToArray()), default, "generate", _folder["m.zip"], "--temperature", "0", "--prompt", "-").Succeeded().Out);
        Assert.Equal(" is sweet,\n", Generate("--template", _folder.Write("t.txt", "{{what}}\n"), "--slot", "what=Sugar", "--stop", "\\nand").Out);

        string inspected = CommandRun.Of("inspect", _folder["m.zip"]).Succeeded().Out;
        foreach (string part in new[] { "text-generation", "gpt2", "GPT-2 architecture of 2 layers", "Prompt", "GeneratedText" }) Assert.Contains(part, inspected, StringComparison.Ordinal);
        string rows = CommandRun.Of("predict", _folder["m.zip"], "--dataset", _folder.Write("p.csv", "id,Prompt\n7,Roses\n")).Succeeded().Out;
        Assert.StartsWith("id,Prompt,GeneratedText\n7,Roses,", rows, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_tells_programs()
    {
        using JsonDocument trained = JsonDocument.Parse(Train("--json").LastLine);
        Assert.Equal(["command", "scenario", "trainer", "model", "modelBytes", "rows", "tokens", "parameters", "metrics", "seconds", "peakMemoryMB"], trained.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(2, trained.RootElement.GetProperty("rows").GetProperty("train").GetInt32());
        using JsonDocument generated = JsonDocument.Parse(Generate("--prompt", "Roses", "--json").LastLine);
        Assert.Equal(" are red, violets are blue.", generated.RootElement.GetProperty("text").GetString());
        Assert.Equal("endToken", generated.RootElement.GetProperty("stopReason").GetString());
    }

    [Fact]
    public void What_is_wrong_is_said_in_a_sentence()
    {
        Train("--set", "layers=1", "--epochs", "1");
        string template = _folder.Write("t.txt", "{{a}} and {{b}}");
        Assert.Equal("Say what to continue: --prompt TEXT, or --template FILE with --slot name=value.", Refused());
        Assert.Equal("--slot: that is for a --template.", Refused("--prompt", "x", "--slot", "a=1"));
        Assert.Equal("--slot: found 'a', expected name=value.", Refused("--template", template, "--slot", "a"));
        Assert.Equal("--slot: 'a' is given twice.", Refused("--template", template, "--slot", "a=1", "--slot", "a=2"));
        Assert.Equal("The template's slot 'b' has no value.", Refused("--template", template, "--slot", "a=1"));
        Assert.Equal("The template has no slot 'c'; its slots are a, b.", Refused("--template", template, "--slot", "c=1"));
        Assert.Contains("too many: the model sees 48 at once", Refused("--prompt", new string('?', 100)), StringComparison.Ordinal);
        Assert.Contains("Its longest slot 'b' has", Refused("--template", template, "--slot", "a=1", "--slot", "b=" + new string('?', 100)), StringComparison.Ordinal);
        Assert.StartsWith("--top-p: found '2', expected a number above 0 and at most 1.", Refused("--prompt", "x", "--top-p", "2"), StringComparison.Ordinal);
        Assert.Equal($"There is no model {_folder["none.zip"]}.", CommandRun.Of("generate", _folder["none.zip"], "--prompt", "x").Refused());
        string other = _folder.Write("d.csv", Samples.Texts());
        CommandRun.Of("train", "text-classification", "--dataset", other, "--label-col", "label", "--output", _folder["c.zip"]).Succeeded();
        Assert.StartsWith($"{_folder["c.zip"]} generates no text", CommandRun.Of("generate", _folder["c.zip"], "--prompt", "x").Refused(), StringComparison.Ordinal);

        string data = _folder.Write("d.txt", Text);
        Assert.StartsWith("--set: there is no setting 'layer'. Did you mean 'layers'?", CommandRun.Of("train", "text-generation", "--dataset", data, "--set", "layer=1").Refused(), StringComparison.Ordinal);
        Assert.Equal($"--set hidden: the network of --from {_folder["m.zip"]} is as it is.", CommandRun.Of("train", "text-generation", "--dataset", data, "--from", _folder["m.zip"], "--set", "hidden=8").Refused());
        Assert.Equal("A hidden size of 30 cannot be divided among 4 heads.", CommandRun.Of("train", "text-generation", "--dataset", data, "--output", _folder["x.zip"], "--set", "hidden=30", "--set", "heads=4").Refused());
        Assert.Contains("has no text to learn from", CommandRun.Of("train", "text-generation", "--dataset", _folder.Write("e.txt", "\n"), "--output", _folder["x.zip"]).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Training_goes_on_from_a_model()
    {
        Train("--epochs", "1");
        var run = CommandRun.Of("train", "text-generation", "--dataset", _folder.Write("lines.txt", Text), "--separation", "lines", "--from", _folder["m.zip"], "--epochs", "2", "--output", _folder["n.zip"]).Succeeded();
        Assert.Contains("Trained on 3 texts of ", run.Out, StringComparison.Ordinal);
        Assert.Contains("hidden size 32", run.Out, StringComparison.Ordinal);
    }

    private CommandRun Train(params string[] more)
    {
        // What is said last counts for single options; keys may be given again as well.
        string[] usual = more.Contains("--epochs") ? Small[2..] : Small;
        return CommandRun.Of(["train", "text-generation", "--dataset", _folder.Write("d.txt", Text), "--output", _folder["m.zip"], .. usual, .. more]).Succeeded();
    }

    private CommandRun Generate(params string[] args) => CommandRun.Of(["generate", _folder["m.zip"], "--temperature", "0", .. args]).Succeeded();

    private string Refused(params string[] args) => CommandRun.Of(["generate", _folder["m.zip"], .. args]).Refused();
}
