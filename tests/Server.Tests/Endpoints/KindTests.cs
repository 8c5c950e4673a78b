using System.Text.Json.Nodes;
using MLPipelines.Data;
using MLPipelines.Recommendation;
using MLPipelines.TimeSeries;

namespace MLPipelines.Server.Tests;

/// <summary>Every kind of model answers with what it can say.</summary>
public sealed class KindTests
{
    private static ITransformer Load(string path) => new MLContext(1).Model.Load(path, out _);

    [Fact]
    public async Task A_regression_answers_with_a_number()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Fees);
        string header = (await File.ReadAllLinesAsync(TrainedModels.Data("new-customers.csv")))[0];
        Assert.Contains("data_gb", header, StringComparison.Ordinal);
        JsonNode model = await server.GetAsync("/models/fees");
        Assert.Equal("regression", model["kind"]!.GetValue<string>());
        var row = new JsonObject(model["inputs"]!.AsArray().Select(input => KeyValuePair.Create(input!["name"]!.GetValue<string>(), (JsonNode?)null)));
        float score = (await server.PredictAsync("fees", row.ToJsonString()))[0]!["score"]!.GetValue<float>();
        Assert.InRange(score, 1, 200);
    }

    [Fact]
    public async Task A_forecaster_says_what_comes_next()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Demand);
        var forecaster = (SeriesForecastingTransformer)Load(TrainedModels.Demand);
        PanelForecast[] expected = [.. forecaster.Forecast()];
        JsonArray all = await server.PredictAsync("demand", "");
        Assert.Equal(expected.Select(one => one.Series), all.Select(one => one!["series"]!.GetValue<string>()));
        JsonNode last = all[0]!["points"]![5]!;
        Assert.Equal((expected[0].Points[5].Time, expected[0].Points[5].Mean), (last["time"]!.GetValue<string>(), last["forecast"]!.GetValue<double>()));
        JsonArray one = await server.PredictAsync("demand", $$"""{"horizon":2,"series":"{{expected[1].Series}}","level":0.5}""");
        Assert.Equal(2, Assert.Single(one)!["points"]!.AsArray().Count);
        Assert.Equal(forecaster.Forecast(2, 0.5f).ElementAt(1).Points[1].Lower, one[0]!["points"]![1]!["lower"]!.GetValue<double>());
        Assert.Equal("horizon: found 0, expected a whole number of at least 1.", await server.RefusedAsync(400, "demand", """{"horizon":0}"""));
        Assert.StartsWith("series: there is no series 'Desk lam'. Did you mean 'Desk lamp'?", await server.RefusedAsync(400, "demand", """{"series":"Desk lam"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forecaster_takes_in_what_came_since()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Demand);
        JsonNode before = (await server.PredictAsync("demand", """{"series":"Desk lamp","horizon":1}"""))[0]!["points"]![0]!;
        string month = before["time"]!.GetValue<string>();
        JsonNode after = (await server.PredictAsync("demand", $$"""{"series":"Desk lamp","horizon":1,"observations":[{"month":"{{month}}","product":"Desk lamp","units":5000}]}"""))[0]!["points"]![0]!;
        Assert.NotEqual(month, after["time"]!.GetValue<string>());
        // A row of its own is forecast for its time.
        JsonNode at = (await server.PredictAsync("demand", $$"""{"rows":[{"month":"{{month}}","product":"Desk lamp"}]}"""))[0]!;
        Assert.Equal(before["forecast"]!.GetValue<double>(), at["forecast"]!.GetValue<double>(), 1e-6 * Math.Abs(before["forecast"]!.GetValue<double>()));
    }

    [Fact]
    public async Task A_model_of_financial_lines_says_the_periods_to_come()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Accounts);
        var model = Scenarios.FinancialForecasting.FinancialModel.Load(new MLContext(1), TrainedModels.Accounts);
        JsonArray periods = await server.PredictAsync("accounts", """{"horizon":2}""");
        Assert.Equal(model.Forecast(2).Select(outlook => outlook.Date), periods.Select(period => period!["date"]!.GetValue<string>()));
        Assert.Equal(model.Forecast(2)[1].Expected[0], periods[1]!["lines"]![model.Lines[0]]!["forecast"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_recommender_scores_pairs_and_lists_items()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Shop);
        var model = (Recommender)Load(TrainedModels.Shop);
        (string user, string item) = (model.Users[0], model.Items[1]);
        JsonNode pair = (await server.PredictAsync("shop", $$"""{"customer":"{{user}}","product":"{{item}}"}"""))[0]!;
        Assert.Equal(model.Score(user, item), pair["score"]!.GetValue<float>());
        Assert.Equal(model.Recommend(user, 4), Items((await server.PredictAsync("shop", $$"""[{"customer":"{{user}}"}]""", "?top=4"))[0]!));
        Assert.Equal(model.Recommend(user, 10, excludeSeen: false), Items((await server.PredictAsync("shop", $$"""{"customer":"{{user}}","includeSeen":true}"""))[0]!));
        Assert.Equal(model.RecommendForBasket([item], 10), Items((await server.PredictAsync("shop", $$"""{"basket":["{{item}}"]}"""))[0]!));
        Assert.Equal(model.SimilarItems(item, 10), Items((await server.PredictAsync("shop", $$"""{"similarTo":"{{item}}"}"""))[0]!));
        Assert.Contains("expected customer for the items that are best for a user", await server.RefusedAsync(400, "shop", "{}"), StringComparison.Ordinal);

        static IEnumerable<RecommendedItem> Items(JsonNode answer) => answer["items"]!.AsArray().Select(one => new RecommendedItem(one!["item"]!.GetValue<string>(), one["score"]!.GetValue<float>()));
    }

    [Fact]
    public async Task A_detector_follows_the_rows_of_a_request_and_no_other()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Requests);
        string rows = "[" + string.Join(',', (await File.ReadAllLinesAsync(TrainedModels.Data("new-web-requests.csv"))).Skip(1).Take(50).Select(line => $$"""{"requests":{{line.Split(',')[1]}}}""")) + "]";
        JsonArray first = await server.PredictAsync("requests", rows), second = await server.PredictAsync("requests", rows);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(50, first.Count);
        Assert.All(first, row => Assert.Equal(["alert", "score", "pValue"], row!.AsObject().Select(member => member.Key)));
        Assert.IsType<bool>(first[0]!["alert"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_model_of_pictures_takes_files_and_their_bytes_as_text()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Shapes);
        string star = TrainedModels.Data(Path.Combine("shapes", "star", "01.png"));
        byte[] file = await File.ReadAllBytesAsync(star);
        var expected = Scenarios.ImageClassification.ImageClassifier.Load(TrainedModels.Shapes).Predict(star);
        using var picture = new ByteArrayContent(file);
        picture.Headers.ContentType = new("image/png");
        using HttpResponseMessage response = await server.Client.PostAsync(new Uri("/models/shapes/predict", UriKind.Relative), picture);
        string one = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["predictions"]![0]!.ToJsonString();
        Assert.Equal(expected.Probability, JsonNode.Parse(one)!["probability"]!.GetValue<float>());
        string text = Convert.ToBase64String(file);
        Assert.Equal([one, one], (await server.PredictAsync("shapes", $$"""[{"Image":"{{text}}"},{"Image":"data:image/png;base64,{{text}}"}]""")).Select(row => row!.ToJsonString()));
        Assert.Equal(one, (await server.PredictAsync("shapes", $$"""{"Image":"{{text.Replace("/", "\\/", StringComparison.Ordinal)}}"}"""))[0]!.ToJsonString());
        Assert.Equal("Row 1, column 'Image': found \"no base64!\" (text), expected the bytes of a picture file in base64.", await server.RefusedAsync(400, "shapes", """{"Image":"no base64!"}"""));
        Assert.StartsWith("Row 1, column 'Image': ", await server.RefusedAsync(400, "shapes", """{"Image":"AAAA"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_texts_continues_prompts()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Texts);
        var expected = Scenarios.TextGeneration.TextGenerator.Load(TrainedModels.Texts);
        JsonNode answer = (await server.PredictAsync("texts", """{"prompt":"Dear","maxTokens":5,"seed":3,"temperature":0.5}"""))[0]!;
        Assert.Equal(expected.Generate("Dear", expected.Model.Options with { MaxTokens = 5, Seed = 3, Temperature = 0.5f }).Text, answer["text"]!.GetValue<string>());
        Assert.Equal(2, (await server.PredictAsync("texts", """["Dear","Thank"]""")).Count);
        Assert.Equal("Row 1, column 'prompt': it is missing.", await server.RefusedAsync(400, "texts", "{}"));
        await server.RefusedAsync(400, "texts", """{"prompt":"Dear","temperature":-1}""");
        await server.RefusedAsync(504, "texts", $"[{string.Join(',', Enumerable.Repeat("\"Dear\"", 5000))}]", ("Request-Timeout", "0.1"));
    }
}
