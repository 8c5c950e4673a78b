using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MLPipelines.Server.Tests.Page;

public sealed partial class OpenApiTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        foreach (var (file, name) in new[] { (TrainedModels.Churn, "churn"), (TrainedModels.Fees, "fees"), (TrainedModels.OneText, "bodies"), (TrainedModels.OneText, "bodies@2"), (TrainedModels.Shop, "shöp") }) _folder.Copy(file, $"{name}.zip");
        _server = await RunningServer.StartAsync(_folder.Path);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private Task<JsonNode> DocumentAsync() => _server.GetAsync("/openapi.json");

    [Fact]
    public async Task The_document_holds_together()
    {
        JsonNode document = await DocumentAsync();
        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
        Assert.NotEmpty(document["info"]!["title"]!.GetValue<string>());
        Assert.NotEmpty(document["info"]!["version"]!.GetValue<string>());
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key, Operation: operation.Value!))).ToList();
        Assert.Equal(operations.Count, operations.Select(one => one.Operation["operationId"]!.GetValue<string>()).Distinct().Count());
        foreach (var (path, method, operation) in operations)
        {
            Assert.Contains(method, (string[])["get", "post"]);
            Assert.NotEmpty(operation["responses"]!.AsObject());
            Assert.All(operation["responses"]!.AsObject(), response => Assert.NotEmpty(response.Value!["description"]!.GetValue<string>()));
            string[] declared = [.. (operation["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]!.GetValue<string>() == "path").Select(parameter => parameter!["name"]!.GetValue<string>())];
            Assert.Equal(InPath().Matches(path).Select(match => match.Groups[1].Value), declared);
        }
        Assert.All(References(document), reference => Assert.NotNull(Resolve(document, reference)));
        Assert.All(document["components"]!["schemas"]!.AsObject(), schema => Assert.Matches("^[a-zA-Z0-9._-]+$", schema.Key));
    }

    [Fact]
    public async Task The_example_of_every_model_is_answered()
    {
        JsonNode document = await DocumentAsync();
        var predictions = document["paths"]!.AsObject().Where(path => path.Key.EndsWith("/predict", StringComparison.Ordinal)).ToList();
        Assert.Equal(["/models/bodies/predict", "/models/bodies@2/predict", "/models/churn/predict", "/models/fees/predict", "/models/sh%C3%B6p/predict"], predictions.Select(path => path.Key).Order(StringComparer.Ordinal));
        foreach (var (path, item) in predictions)
        {
            JsonNode content = item!["post"]!["requestBody"]!["content"]!["application/json"]!;
            JsonObject row = Resolve(document, content["schema"]!["oneOf"]![0]!["$ref"]!.GetValue<string>())!.AsObject(), example = content["example"]![0]!.AsObject();
            Assert.Equal(row["properties"]!.AsObject().Select(property => property.Key), example.Select(member => member.Key));
            foreach (var (name, schema) in row["properties"]!.AsObject()) Assert.Equal(schema!["type"]![0]!.GetValue<string>(), TypeOf(example[name]!));
            var (status, answer) = await _server.SendAsync(path, content["example"]!.ToJsonString());
            Assert.True(status == 200, answer);
            string reference = item["post"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>();
            JsonObject predicted = Resolve(document, Resolve(document, reference)!["properties"]!["predictions"]!["items"]!["$ref"]!.GetValue<string>())!["properties"]!.AsObject();
            Assert.Equal(predicted.Select(property => property.Key).Order(), JsonNode.Parse(answer)!["predictions"]![0]!.AsObject().Select(member => member.Key).Order());
        }
    }

    [Fact]
    public async Task A_key_that_is_needed_is_said()
    {
        Assert.Null((await DocumentAsync())["security"]);
        var (kept, key) = ApiKey.Create("x");
        await using RunningServer closed = await RunningServer.StartAsync(_folder.Path, null, ("ApiKeys:0:Name", kept.Name), ("ApiKeys:0:Hash", kept.Hash));
        closed.Client.DefaultRequestHeaders.Add("X-Api-Key", key);
        JsonNode document = await closed.GetAsync("/openapi.json");
        Assert.Equal(2, document["security"]!.AsArray().Count);
        Assert.Equal(["key", "bearer"], document["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key));
    }

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => "number",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        _ => "string",
    };

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode document, string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        return reference[2..].Split('/').Aggregate<string, JsonNode?>(document, (node, part) => node?[part]);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InPath();
}
