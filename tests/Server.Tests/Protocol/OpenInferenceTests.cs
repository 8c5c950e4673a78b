using System.Globalization;
using System.Text.Json.Nodes;

namespace MLPipelines.Server.Tests.Protocol;

public sealed class OpenInferenceTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        _folder.Copy(TrainedModels.OneText, "bodies.zip");
        _folder.Copy(TrainedModels.OneText, "bodies@2.zip");
        _folder.Copy(TrainedModels.Fees, "fees.zip");
        await File.WriteAllTextAsync(_folder["models.json"], """{"bodies": {"aliases": {"production": 2}}}""");
        _server = await RunningServer.StartAsync(_folder.Path);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private async Task<JsonNode> InferAsync(string model, string body)
    {
        var (status, answer) = await _server.SendAsync($"/v2/models/{model}/infer", body);
        Assert.True(status == 200, answer);
        return JsonNode.Parse(answer)!;
    }

    private async Task<string> RefusedAsync(int expected, string model, string body, params (string Name, string Value)[] headers)
    {
        var (status, answer) = await _server.SendAsync($"/v2/models/{model}/infer", body, headers: headers);
        Assert.True(status == expected, $"{status}: {answer}");
        JsonObject error = JsonNode.Parse(answer)!.AsObject();
        Assert.Equal(["error"], error.Select(member => member.Key));
        return error["error"]!.GetValue<string>();
    }

    [Fact]
    public async Task The_server_says_what_it_is_and_whether_it_is_ready()
    {
        Assert.Equal("mlpipelines", (await _server.GetAsync("/v2"))["name"]!.GetValue<string>());
        Assert.True((await _server.GetAsync("/v2/health/live"))["live"]!.GetValue<bool>());
        Assert.True((await _server.GetAsync("/v2/health/ready"))["ready"]!.GetValue<bool>());
        JsonNode ready = await _server.GetAsync("/v2/models/bodies/ready");
        Assert.Equal(("bodies", true), (ready["name"]!.GetValue<string>(), ready["ready"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("/v2/models/bodies")]
    [InlineData("/v2/models/bodies/versions/2")]
    [InlineData("/v2/models/bodies@production")]
    public async Task Metadata_tells_the_tensors(string path)
    {
        JsonNode about = await _server.GetAsync(path);
        Assert.Equal("bodies", about["name"]!.GetValue<string>());
        Assert.Equal(["1", "2"], about["versions"]!.AsArray().Select(version => version!.GetValue<string>()));
        Assert.Equal("""[{"name":"body","datatype":"BYTES","shape":[-1]}]""", about["inputs"]!.ToJsonString());
        JsonNode score = about["outputs"]!.AsArray().Single(output => output!["name"]!.GetValue<string>() == "Score")!;
        Assert.Equal("FP32", score["datatype"]!.GetValue<string>());
        Assert.Equal(score["shape"]![1]!.GetValue<int>(), score["parameters"]!["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Texts_go_in_as_BYTES_and_scores_come_out_as_FP32()
    {
        JsonNode answer = await InferAsync("bodies", """{"id": "a \"7\"", "inputs": [{"name": "body", "shape": [2], "datatype": "BYTES", "data": ["Please send me a return label", "My parcel has not come 😀"]}]}""");
        Assert.Equal(("bodies", "1", "a \"7\""), (answer["model_name"]!.GetValue<string>(), answer["model_version"]!.GetValue<string>(), answer["id"]!.GetValue<string>()));
        var outputs = answer["outputs"]!.AsArray().ToDictionary(output => output!["name"]!.GetValue<string>(), output => output!);
        JsonArray labels = outputs["PredictedLabel"]["data"]!.AsArray(), scores = outputs["Score"]["data"]!.AsArray();
        int[] shape = [.. outputs["Score"]["shape"]!.AsArray().Select(size => size!.GetValue<int>())];
        Assert.Equal(scores.Count, shape[0] * shape[1]);
        JsonArray plain = await _server.PredictAsync("bodies", """["Please send me a return label", "My parcel has not come 😀"]""");
        for (int row = 0; row < 2; row++)
        {
            Assert.Equal(plain[row]!["label"]!.GetValue<string>(), labels[row]!.GetValue<string>());
            Assert.Equal(plain[row]!["probability"]!.GetValue<float>(), scores.Skip(row * shape[1]).Take(shape[1]).Max(score => score!.GetValue<float>()));
        }
    }

    [Fact]
    public async Task Only_the_outputs_that_are_asked_for_come_back_in_their_order()
    {
        JsonNode answer = await InferAsync("bodies/versions/2", """{"inputs": [{"data": [["late parcel"]], "datatype": "BYTES", "shape": [1, 1], "name": "body", "parameters": {"content_type": "str"}}], "outputs": [{"name": "PredictedLabel", "parameters": {"binary_data": false}}], "parameters": {"x": {"y": [1]}}}""");
        Assert.Equal(("2", 1), (answer["model_version"]!.GetValue<string>(), answer["outputs"]!.AsArray().Count));
        Assert.Null(answer["id"]);
        Assert.Contains("no output 'Label'", await RefusedAsync(400, "bodies", """{"inputs": [{"name": "body", "shape": [1], "datatype": "BYTES", "data": ["x"]}], "outputs": [{"name": "Label"}]}"""), StringComparison.Ordinal);
    }

    /// <summary>A column of each kind; numbers of another type than the column's are taken, and null is a value that is missing.</summary>
    [Fact]
    public async Task Tables_are_a_tensor_per_column()
    {
        JsonNode about = await _server.GetAsync("/v2/models/fees");
        JsonNode example = (await _server.GetAsync("/openapi.json"))["paths"]!["/models/fees/predict"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]![0]!;
        var inputs = new JsonArray();
        foreach (JsonNode? input in about["inputs"]!.AsArray())
        {
            string name = input!["name"]!.GetValue<string>(), type = input["datatype"]!.GetValue<string>();
            var data = new JsonArray(example[name]!.DeepClone(), type == "FP32" ? null : example[name]!.DeepClone());
            inputs.Add(new JsonObject { ["name"] = name, ["shape"] = new JsonArray(2), ["datatype"] = type == "FP32" ? "FP64" : type, ["data"] = data });
        }
        JsonNode answer = await InferAsync("fees", new JsonObject { ["inputs"] = inputs }.ToJsonString());
        JsonArray expected = await _server.PredictAsync("fees", new JsonArray(example.DeepClone()).ToJsonString());
        Assert.Equal(expected[0]!["score"]!.GetValue<float>(), answer["outputs"]!.AsArray().Single(output => output!["name"]!.GetValue<string>() == "Score")!["data"]![0]!.GetValue<float>());
    }

    [Theory]
    [InlineData(400, "{", "not JSON")]
    [InlineData(400, "[]", "expected an object")]
    [InlineData(400, "{}", "has no 'inputs'")]
    [InlineData(400, """{"inputs": []}""", "'body' is missing")]
    [InlineData(400, """{"inputs": [{"name": "bodi", "shape": [1], "datatype": "BYTES", "data": ["x"]}]}""", "no input 'bodi'")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1], "datatype": "FP32", "data": [1]}]}""", "found datatype FP32, expected BYTES")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1], "datatype": "STRING", "data": ["x"]}]}""", "there is no datatype 'STRING'")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [2], "datatype": "BYTES", "data": ["x"]}]}""", "its data has 1 values")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1], "datatype": "BYTES", "data": ["x", "y"]}]}""", "its data has more values")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1, 2], "datatype": "BYTES", "data": ["x", "y"]}]}""", "found shape [1, 2], expected [1]")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [-1], "datatype": "BYTES", "data": ["x"]}]}""", "a whole number of at least 0")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1], "datatype": "BYTES", "data": [{"a": 1}]}]}""", "value 1: found an object")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1], "datatype": "BYTES"}]}""", "has no 'data'")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1], "data": ["x"]}]}""", "has no 'datatype'")]
    [InlineData(413, """{"inputs": [{"name": "body", "shape": [1000000000000], "datatype": "BYTES", "data": []}]}""", "this server takes")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1, 9223372036854775807, 9223372036854775807], "datatype": "BYTES", "data": ["x"]}]}""", "found shape")]
    [InlineData(400, """{"inputs": [{"name": "body", "shape": [1], "datatype": "BYTES", "data": ["x"]}, {"name": "body", "shape": [1], "datatype": "BYTES", "data": ["x"]}]}""", "given twice")]
    public async Task What_is_wrong_is_said(int status, string body, string part) => Assert.Contains(part, await RefusedAsync(status, "bodies", body), StringComparison.Ordinal);

    [Fact]
    public async Task Unknown_models_versions_and_the_binary_form_are_refused()
    {
        Assert.Contains("no model 'bodie'", await RefusedAsync(404, "bodie", "{}"), StringComparison.Ordinal);
        Assert.Contains("bodies@9", await RefusedAsync(404, "bodies/versions/9", "{}"), StringComparison.Ordinal);
        Assert.Contains("binary_data=False", await RefusedAsync(400, "bodies", "{}", ("Inference-Header-Content-Length", "12")), StringComparison.Ordinal);
        using HttpResponseMessage absent = await _server.Client.GetAsync(new Uri("/v2/models/nothing", UriKind.Relative));
        Assert.Equal(404, (int)absent.StatusCode);
    }

    [Fact]
    public async Task No_rows_are_answered_with_no_rows()
    {
        JsonNode answer = await InferAsync("bodies", """{"inputs": [{"name": "body", "shape": [0], "datatype": "BYTES", "data": []}]}""");
        Assert.All(answer["outputs"]!.AsArray(), output => Assert.Equal((0, 0), (output!["shape"]![0]!.GetValue<int>(), output["data"]!.AsArray().Count)));
    }

    [Fact]
    public async Task Many_rows_are_answered_as_one_by_one()
    {
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"parcel {i} of the order {i * 7} has not come"))];
        JsonNode answer = await InferAsync("bodies", new JsonObject { ["inputs"] = new JsonArray(new JsonObject { ["name"] = "body", ["shape"] = new JsonArray(300), ["datatype"] = "BYTES", ["data"] = new JsonArray([.. texts.Select(text => (JsonNode?)text)]) }) }.ToJsonString());
        JsonArray labels = answer["outputs"]!.AsArray().Single(output => output!["name"]!.GetValue<string>() == "PredictedLabel")!["data"]!.AsArray();
        JsonArray last = await _server.PredictAsync("bodies", new JsonArray(texts[299]).ToJsonString());
        Assert.Equal(last[0]!["label"]!.GetValue<string>(), labels[299]!.GetValue<string>());
    }
}
