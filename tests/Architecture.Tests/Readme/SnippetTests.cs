using MLPipelines.Data;
using MLPipelines.Scenarios.TextClassification;
using Snippets;

namespace MLPipelines.Architecture.Tests;

/// <summary>The code that users are shown compiles and does what it says. One at a time: it reads and writes in the current directory.</summary>
public sealed class SnippetTests : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlp-snippets-");

    public SnippetTests()
    {
        _folder.CreateSubdirectory("data");
        _folder.CreateSubdirectory("models");
        File.Copy(Path.Combine(Repository.Root, "data/support-tickets.csv"), Path.Combine(_folder.FullName, "data/support-tickets.csv"));
        Environment.CurrentDirectory = _folder.FullName;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("README.md", "ReadmeSnippets.cs")]
    [InlineData("src/Scenarios/TextClassification/README.md", "TextClassificationSnippet.cs")]
    public void What_is_run_here_is_what_is_shown(string page, string file)
    {
        string[] run = Lines(Repository.Read($"tests/Architecture.Tests/Readme/Snippets/{file}"));
        string[] shown = Lines(string.Join('\n', Fences.Of(page, "csharp")));
        Assert.NotEmpty(shown);
        int at = 0;
        Assert.Equal(shown.Where(line => line.StartsWith("using MLP", StringComparison.Ordinal)), run.Where(line => line.StartsWith("using MLP", StringComparison.Ordinal)));
        foreach (string line in shown)
        {
            at = Array.IndexOf(run, line, at) + 1;
            Assert.True(at > 0, $"{page} shows a line that {file} does not run at its place: {line}");
        }
    }

    [Fact]
    public void The_code_of_the_readme_classifies()
    {
        ReadmeSnippets.Ticket[] tickets =
        [
            .. Enumerable.Range(0, 60).Select(i => i % 2 == 0
                ? new ReadmeSnippets.Ticket { Text = $"You charged my card {i} times for one invoice", Category = "billing" }
                : new ReadmeSnippets.Ticket { Text = $"The parcel did not arrive, order {i}", Category = "delivery" }),
        ];
        var (prediction, model, rows) = ReadmeSnippets.Run(tickets);
        Assert.Equal("billing", prediction.Label);
        Assert.Equal(["billing", "delivery"], prediction.Ranked.Select(label => label.Label));
        Assert.Equal(tickets.Select(ticket => ticket.Category), model.Transform(rows).GetColumn<string>("PredictedLabel"));
    }

    [Fact]
    public void The_code_of_text_classification_finds_a_refund()
    {
        TextPrediction prediction = TextClassificationSnippet.Run();
        Assert.Equal("refund", prediction.Label);
        Assert.Equal(8, prediction.Ranked.Count);
    }

    private static string[] Lines(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
