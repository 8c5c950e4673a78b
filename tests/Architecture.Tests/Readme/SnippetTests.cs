using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using MLPipelines.Data;
using MLPipelines.Pretraining;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Scenarios.TextClassification;
using MLPipelines.Scenarios.TextGeneration;
using MLPipelines.TimeSeries;
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
        foreach (string file in (string[])["support-tickets.csv", "monthly-demand.csv", "monthly-accounts.csv"]) File.Copy(Path.Combine(Repository.Root, "data", file), Path.Combine(_folder.FullName, "data", file));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "data", "shapes"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder.FullName, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
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
    [InlineData("src/Scenarios/ImageClassification/README.md", "ImageClassificationSnippet.cs")]
    [InlineData("src/Scenarios/TextGeneration/README.md", "TextGenerationSnippet.cs")]
    [InlineData("src/Scenarios/TabularPrediction/README.md", "TabularPredictionSnippet.cs")]
    [InlineData("src/Scenarios/Forecasting/README.md", "ForecastingSnippet.cs")]
    [InlineData("src/Scenarios/FinancialForecasting/README.md", "FinancialForecastingSnippet.cs")]
    [InlineData("docs/guides/getting-started.md", "GettingStarted.cs")]
    [InlineData("docs/guides/operating.md", "PredictionPool.cs")]
    [InlineData("docs/guides/serving.md", "Serving.cs")]
    public void What_is_run_here_is_what_is_shown(string page, string file)
    {
        string[] run = Lines(Repository.Read($"tests/Architecture.Tests/Readme/Snippets/{file}"));
        string[] shown = ShownIn(page);
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

    [Fact]
    public void The_code_of_text_classification_fine_tunes_a_folder_of_weights()
    {
        string config = Path.Combine(_folder.FullName, "tiny.json");
        File.WriteAllText(config, """{"model_type": "bert", "vocab_size": 500, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32, "max_position_embeddings": 128}""");
        new TextPretrainer(new MLContext(1), new TextPretrainingOptions { Architecture = TextArchitecture.Bert, ConfigFile = config, VocabularySize = 500, Epochs = 1, TextColumn = "body" }).Pretrain(["data/support-tickets.csv"], "models/bert-base-multilingual");
        TextClassifier classifier = TextClassificationSnippet.FineTune();
        Assert.Equal(8, classifier.Labels.Count);
        Assert.Equal(1, classifier.Predict("Refund please", "The lamp arrived broken.").Ranked.Sum(label => label.Probability), 4);
    }

    [Fact]
    public void The_code_of_image_classification_knows_a_star()
    {
        ImagePrediction prediction = ImageClassificationSnippet.Run();
        Assert.Equal("star", prediction.Label);
        Assert.Equal(3, prediction.Ranked.Count);
    }

    [Fact]
    public void The_code_of_text_generation_writes()
    {
        File.WriteAllText("replies.txt", string.Join("\n\n", Enumerable.Range(0, 30).Select(i => $"Dear customer, your parcel {i} is on its way.\nYours, the shop")));
        GeneratedText answer = TextGenerationSnippet.Run();
        Assert.InRange(answer.Tokens, 1, 60);
        Assert.True(File.Exists("models/replies.zip"));
    }

    [Fact]
    public void The_code_of_tabular_prediction_tells_who_leaves()
    {
        var customers = Enumerable.Range(0, 100).Select(i => new { Months = i % 50, Plan = i % 3 == 0 ? "basic" : "pro", Churn = i % 50 < 10 ? "yes" : "no" }).ToArray();
        IDataView data = new MLContext(1).Data.LoadFromEnumerable(customers);
        var predicted = TabularPredictionSnippet.Run(data).Transform(data).GetColumn<string>("PredictedLabel");
        Assert.True(predicted.Zip(customers, (label, customer) => label == customer.Churn).Count(isRight => isRight) >= 95);
    }

    [Fact]
    public void The_code_of_forecasting_tells_the_next_year()
    {
        PanelForecast[] forecasts = ForecastingSnippet.Run();
        Assert.Equal(12, forecasts.Length);
        Assert.All(forecasts, forecast => Assert.Equal(("2025-01", 12), (forecast.Points[0].Time, forecast.Points.Count)));
        // Calendars are sold at the end of the year, garden tables in spring.
        Assert.Equal("2025-12", Best("Wall calendar"));
        Assert.Contains(Best("Garden table"), (string[])["2025-04", "2025-05", "2025-06"]);

        string Best(string product) => forecasts.Single(forecast => forecast.Series == product).Points.MaxBy(point => point.Mean).Time;
    }

    [Fact]
    public void The_code_of_financial_forecasting_expects_a_profit()
    {
        var profit = FinancialForecastingSnippet.Run().Statement["profit"];
        Assert.InRange(profit.Forecast.Sum(), profit.History.TakeLast(12).Sum(), 2 * profit.History.TakeLast(12).Sum());
        Assert.True(File.Exists("models/report.html") && File.Exists("models/statement.csv"));
    }

    [Fact]
    public void The_code_of_getting_started_tells_what_tickets_are_about()
    {
        var (accuracy, label, row) = GettingStarted.Run();
        // The most frequent of the eight labels has a share of 0.19; 84 rows are too few to say more than that much was learned.
        Assert.InRange(accuracy, 0.6, 1);
        Assert.Equal("billing", label);
        Assert.Equal("delivery", Assert.Single(row).Value);
    }

    /// <summary>The lines of code of a page; its classes come last, as they do in a program.</summary>
    [Fact]
    public async Task The_code_of_serving_answers()
    {
        TextClassificationSnippet.Run();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication app = Serving.Create(builder);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        while ((await client.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode != System.Net.HttpStatusCode.OK) await Task.Delay(20);
        using var row = new StringContent("""{"subject": "Invoice", "body": "You charged my card twice"}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/models/tickets/predict?top=0", UriKind.Relative), row);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(body.Contains("\"label\":\"billing\"", StringComparison.Ordinal), body);
    }

    private static string[] ShownIn(string page)
    {
        List<string> statements = [], types = [];
        foreach (string[] block in Fences.Of(page, "csharp").Select(Lines))
        {
            int first = Array.FindIndex(block, line => line.StartsWith("class ", StringComparison.Ordinal));
            if (first < 0) first = block.Length;
            statements.AddRange(block[..first]);
            types.AddRange(block[first..]);
        }
        return [.. statements, .. types];
    }

    private static string[] Lines(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}
