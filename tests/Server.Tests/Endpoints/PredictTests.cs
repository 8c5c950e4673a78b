using System.Globalization;
using System.Text.Json.Nodes;
using MLPipelines.Scenarios.TextClassification;

namespace MLPipelines.Server.Tests;

public sealed class PredictTests
{
    private const string Row = """{"subject":"Invoice","body":"I was charged twice"}""";

    [Fact]
    public async Task Rows_are_answered_as_the_model_predicts()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Tickets);
        JsonNode answered = (await server.PredictAsync("tickets", Row, "?top=all"))[0]!;
        TextPrediction expected = TextClassifier.Load(TrainedModels.Tickets).Predict("Invoice", "I was charged twice");
        Assert.Equal(expected.Label, answered["label"]!.GetValue<string>());
        Assert.Equal(expected.Probability, answered["probability"]!.GetValue<float>());
        Assert.Equal(expected.Ranked, answered["alternatives"]!.AsArray().Select(one => new LabelProbability(one!["label"]!.GetValue<string>(), one["probability"]!.GetValue<float>())));
    }

    [Fact]
    public async Task One_object_a_list_and_an_object_with_rows_are_answered_alike()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Tickets);
        string expected = (await server.PredictAsync("tickets", Row)).ToJsonString();
        Assert.Equal(expected, (await server.PredictAsync("tickets", $"[{Row}]")).ToJsonString());
        Assert.Equal(expected, (await server.PredictAsync("tickets", $$"""{"id":{"a":[1]},"rows":[{{Row}}],"more":null}""")).ToJsonString());
        Assert.Equal(expected, (await server.PredictAsync("tickets", """{"body":"I was charged twice","other":[{}],"subject":"Invoice"}""")).ToJsonString());
        Assert.Equal(expected, (await server.PredictAsync("tickets", """{"body":"I was charged \u0074wice","subject":"Invoice"}""")).ToJsonString());
        Assert.Equal(expected, (await server.PredictAsync("tickets", """{"Body":"I was charged twice","SUBJECT":"Invoice"}""")).ToJsonString());
        Assert.Empty(await server.PredictAsync("tickets", "[]"));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?top=0", 0)]
    [InlineData("?top=1", 1)]
    [InlineData("?top=all", 8)]
    [InlineData("?top=99", 8)]
    public async Task Labels_are_ranked_as_far_as_asked(string query, int count)
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Tickets);
        var (status, body) = await server.SendAsync($"/models/tickets/predict{query}", Row);
        Assert.Equal(200, status);
        JsonArray? alternatives = JsonNode.Parse(body)!["predictions"]![0]!["alternatives"]?.AsArray();
        Assert.Equal(count, alternatives?.Count ?? 0);
        float[] probabilities = [.. alternatives?.Select(one => one!["probability"]!.GetValue<float>()) ?? []];
        Assert.Equal(probabilities.OrderDescending(), probabilities);
    }

    [Fact]
    public async Task A_model_of_one_column_takes_bare_values()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.OneText);
        Assert.Equal((await server.PredictAsync("bodies", """[{"body":"Where is my parcel?"},{"body":null}]""")).ToJsonString(),
            (await server.PredictAsync("bodies", """["Where is my parcel?",null]""")).ToJsonString());
    }

    [Theory]
    [InlineData("", "The body is empty; expected rows of JSON.")]
    [InlineData("{", "The body is not JSON that can be read, at line 1, byte 2: ")]
    [InlineData("[{\"subject\":\"a\",\n\"body\" \"b\"}]", "The body is not JSON that can be read, at line 2, byte 8: ")]
    [InlineData("[]]", "The body is not JSON that can be read, at line 1, byte 3: ")]
    [InlineData("{\"subject\":\"a\",\"body\":\"b\"} x", "The body is not JSON that can be read, at line 1, byte 28: ")]
    [InlineData("17", "Row 1: found 17, expected an object with subject, body.")]
    [InlineData("[\"a\"]", "Row 1: found \"a\" (text), expected an object with subject, body.")]
    [InlineData("[{\"subject\":\"a\",\"body\":\"b\"},{\"subject\":\"a\",\"bod\":\"b\"}]", "Row 2, column 'body': it is missing; the model needs subject, body, found subject, bod. Did you mean 'bod'? For a value that is not known write null.")]
    [InlineData("{}", "Row 1, column 'subject': it is missing; the model needs subject, body, found nothing. For a value that is not known write null.")]
    [InlineData("{\"subject\":\"a\",\"subject\":\"b\",\"body\":\"b\"}", "Row 1, column 'subject': it is given twice.")]
    [InlineData("{\"subject\":[\"a\"],\"body\":\"b\"}", "Row 1, column 'subject': found a list, expected text.")]
    [InlineData("{\"subject\":\"\\ud800\",\"body\":\"b\"}", "Row 1, column 'subject': its text is not valid Unicode.")]
    public async Task What_cannot_be_read_is_refused_in_a_sentence(string body, string message)
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Tickets);
        string refused = await server.RefusedAsync(400, "tickets", body);
        if (message.EndsWith(' ')) Assert.StartsWith(message, refused, StringComparison.Ordinal);
        else Assert.Equal(message, refused);
        // The server is as well as before.
        Assert.Single(await server.PredictAsync("tickets", Row));
    }

    [Fact]
    public async Task A_value_of_another_type_is_named_with_its_row_and_column()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Churn);
        const string good = """{"signed_up":"2024-11-02","contract":"monthly","plan":"family","payment":"card","region":"north","promotion":false,"monthly_fee":49.9,"data_gb":341,"support_calls":0,"outages":0,"late_payments":0,"app_logins":5}""";
        Assert.Single(await server.PredictAsync("churn", good));
        Assert.Equal("Row 2, column 'monthly_fee': found \"49,90\" (text), expected a number.", await server.RefusedAsync(400, "churn", $"[{good},{good.Replace("49.9", "\"49,90\"", StringComparison.Ordinal)}]"));
        Assert.Equal("Row 1, column 'promotion': found 0, expected true or false.", await server.RefusedAsync(400, "churn", good.Replace("false", "0", StringComparison.Ordinal)));
        Assert.Equal("Row 1, column 'monthly_fee': found 1e999, expected a number.", await server.RefusedAsync(400, "churn", good.Replace("49.9", "1e999", StringComparison.Ordinal)));
        var (_, answer) = await server.SendAsync("/models/churn/predict", good.Replace("49.9", "{}", StringComparison.Ordinal));
        JsonNode problem = JsonNode.Parse(answer)!;
        Assert.Equal((1, "monthly_fee", 400), (problem["row"]!.GetValue<int>(), problem["column"]!.GetValue<string>(), problem["status"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("ticket", "There is no model 'ticket'. Did you mean 'tickets'? Models here: tickets, tickets@1.")]
    [InlineData("tickets@2", "There is no model 'tickets@2'.")]
    [InlineData("tickets.zip", "There is no model 'tickets.zip'.")]
    [InlineData("..%2F..%2Fetc%2Fpasswd", "There is no model '..%2F..%2Fetc%2Fpasswd'. Models here: tickets, tickets@1.")]
    [InlineData("..%5C..%5Cwindows", "There is no model '..\\..\\windows'. Models here: tickets, tickets@1.")]
    [InlineData("tickets%00.zip", "There is no model 'tickets")]
    [InlineData("%E2%80%AEtickets", "There is no model '")]
    public async Task A_model_that_is_not_there_is_answered_with_those_that_are(string name, string message)
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Tickets);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{server.Url}models/{name}/predict", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        { Content = new StringContent(Row) };
        request.Content.Headers.ContentType = null;
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        // A name with a null character is refused before it is looked at.
        if ((int)response.StatusCode == 400 && name.Contains("%00", StringComparison.Ordinal)) return;
        Assert.Equal(404, (int)response.StatusCode);
        Assert.StartsWith(message, JsonNode.Parse(body)!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_is_answered_as_the_command_line_predicts()
    {
        string table = await File.ReadAllTextAsync(TrainedModels.Data("new-customers.csv"));
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Churn);
        var (status, csv) = await server.SendAsync("/models/churn/predict", table, "text/csv; charset=utf-8");
        Assert.Equal(200, status);
        Assert.Equal(TrainedModels.Run("predict", TrainedModels.Churn, "--dataset", TrainedModels.Data("new-customers.csv")), csv);
        var (_, json) = await server.SendAsync("/models/churn/predict", table, "text/csv", ("Accept", "application/json"));
        Assert.Equal(csv.Trim().Split('\n')[1].Split(',')[^2], JsonNode.Parse(json)!["predictions"]![0]!["label"]!.GetValue<string>());
    }

    [Fact]
    public async Task Vectors_are_fields_of_csv_slot_by_slot()
    {
        using var folder = new TemporaryFolder();
        var context = new MLContext(1);
        IDataView data = context.Data.LoadFromTextFile(TrainedModels.Data("new-web-requests.csv"), [new Data.TextLoader.Column("requests", Data.DataKind.Single, 1)], ',', hasHeader: true);
        context.Model.Save(context.Transforms.Concatenate("Twice", "requests", "requests").Fit(data), data.Schema, folder["twice.zip"]);
        await using RunningServer server = await RunningServer.StartAsync(folder["twice.zip"]);
        var (status, csv) = await server.SendAsync("/models/twice/predict", "requests\n500\n7.5\n", "text/csv");
        Assert.Equal((200, "requests,Twice.requests,Twice.requests\n500,500,500\n7.5,7.5,7.5\n"), (status, csv));
    }

    [Fact]
    public async Task Json_can_be_answered_with_csv()
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Tickets);
        var (status, csv) = await server.SendAsync("/models/tickets/predict?scores=true", $"[{Row},{Row}]", headers: ("Accept", "text/csv"));
        Assert.Equal(200, status);
        string[] lines = csv.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("PredictedLabel,Probability,Score.", lines[0], StringComparison.Ordinal);
        JsonNode json = (await server.PredictAsync("tickets", Row))[0]!;
        Assert.StartsWith($"{json["label"]},{json["probability"]!.GetValue<float>().ToString(CultureInfo.InvariantCulture)},", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv", "subject\nhello\n", 400, "The body has no column 'body', which tickets predicts from.")]
    [InlineData("text/csv", "", 400, "The body is empty; expected a header and rows of CSV.")]
    [InlineData("application/xml", "<a/>", 415, "The content is of type application/xml, expected application/json, text/csv or, for a model of pictures, image/png and the like.")]
    [InlineData("image/png", "x", 415, "tickets takes no pictures: it predicts from subject, body.")]
    public async Task Other_content_is_refused_in_a_sentence(string type, string body, int expected, string message)
    {
        await using RunningServer server = await RunningServer.StartAsync(TrainedModels.Tickets);
        var (status, answer) = await server.SendAsync("/models/tickets/predict", body, type);
        Assert.Equal(expected, status);
        Assert.StartsWith(message, JsonNode.Parse(answer)!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new float[] { 0.1f, 0.5f, 0.5f, 0.2f }, 3, new[] { 1, 2, 3 })]
    [InlineData(new float[] { 3, 2, 1 }, 2, new[] { 0, 1 })]
    [InlineData(new float[] { 1, 2, 3 }, 1, new[] { 2 })]
    [InlineData(new float[] { 1, 1, 1 }, 3, new[] { 0, 1, 2 })]
    public void The_largest_come_first_and_of_equal_ones_the_first(float[] values, int count, int[] expected)
    {
        int[] best = new int[count];
        PredictionFormat.Rank(values, best);
        Assert.Equal(expected, best);
    }
}
