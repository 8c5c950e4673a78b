using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MLPipelines.Server;

/// <summary><c>GET /openapi.json</c>: what can be asked for, made of the schemas of the models that are served at that moment (OpenAPI 3.1).</summary>
internal static class OpenApiEndpoint
{
    internal static void Map(IEndpointRouteBuilder endpoints, ModelHost host)
    {
        bool needsKey = endpoints.ServiceProvider.GetRequiredService<ApiKeyGate>().IsClosed;
        endpoints.MapGet("/openapi.json", context => JsonAnswers.SendAsync(context, json => Write(json, host, needsKey, BaseOf(context.Request.Path.Value!, context.Request.PathBase))));
    }

    private static string BaseOf(string path, string pathBase) => pathBase + path[..^"/openapi.json".Length] is { Length: > 0 } found ? found : "/";

    private static void Write(Utf8JsonWriter json, ModelHost host, bool needsKey, string server)
    {
        var models = Named(host);
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "Models");
        json.WriteString("description", "Predictions by the models that this server has now.");
        json.WriteString("version", Persistence.ModelFile.LibraryVersion);
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", server);
        json.WriteEndObject();
        json.WriteEndArray();
        if (needsKey) json.WriteRaw("security", """[{"key":[]},{"bearer":[]}]""");
        json.WriteStartObject("paths");
        foreach (ModelSchemas model in models) model.WritePath(json, needsKey);
        foreach (var (path, description) in Fixed) json.WriteRaw(path, description);
        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        foreach (ModelSchemas model in models) model.WriteSchemas(json);
        json.WriteRaw("Problem", """{"type":"object","description":"What is wrong with a request (RFC 9457).","properties":{"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},"row":{"type":"integer","description":"The row, counted from 1."},"column":{"type":"string"}},"required":["title","status","detail"]}""");
        json.WriteEndObject();
        if (needsKey) json.WriteRaw("securitySchemes", """{"key":{"type":"apiKey","in":"header","name":"X-Api-Key"},"bearer":{"type":"http","scheme":"bearer"}}""");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Each model by its name, and the versions beside it by theirs.</summary>
    private static List<ModelSchemas> Named(ModelHost host)
    {
        List<ModelSchemas> found = [];
        foreach (ServedModel model in host.Models.Where(model => model.ScoresRows))
        {
            bool isUsual = host.Find(model.Name) == model;
            found.Add(new ModelSchemas(model, isUsual ? model.Name : model.ToString(), found.Count));
        }
        return found;
    }

    private static readonly (string Path, string Json)[] Fixed =
    [
        ("/models", Get("models", "All models that are served, and files that were refused.")),
        ("/models/{name}", Get("model", "What a model needs and answers.", "name")),
        ("/models/{name}/drift", Get("drift", "How the rows of late compare with those that the model learned from.", "name")),
        ("/healthz", Get("health", "Whether the process answers.", content: "text/plain")),
        ("/readyz", Get("ready", "Whether models are loaded.", content: "text/plain")),
        ("/metrics", Get("metrics", "Metrics for Prometheus.", content: "text/plain")),
        ("/v2/models/{name}", Get("tensorMetadata", "Metadata of the Open Inference Protocol.", "name")),
        ("/v2/models/{name}/infer", Operation("post", "infer", "Predictions by tensors, as the Open Inference Protocol has them.", "name", "application/json",
            """ "requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"id":{"type":"string"},"inputs":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"datatype":{"type":"string"},"shape":{"type":"array","items":{"type":"integer"}},"data":{"type":"array"}},"required":["name","datatype","shape","data"]}}},"required":["inputs"]}}}},""")),
    ];

    private static string Get(string id, string summary, string? parameter = null, string content = "application/json") => Operation("get", id, summary, parameter, content, "");

    private static string Operation(string method, string id, string summary, string? parameter, string content, string more) =>
        $"{{\"{method}\":{{\"operationId\":\"{id}\",\"summary\":\"{summary}\","
        + (parameter is null ? "" : $"\"parameters\":[{{\"name\":\"{parameter}\",\"in\":\"path\",\"required\":true,\"schema\":{{\"type\":\"string\"}}}}],")
        + more
        + $"\"responses\":{{\"200\":{{\"description\":\"Done\",\"content\":{{\"{content}\":{{}}}}}},\"default\":{{\"description\":\"Something is wrong\",\"content\":{{\"application/problem+json\":{{\"schema\":{{\"$ref\":\"#/components/schemas/Problem\"}}}}}}}}}}}}}}";

    private static void WriteRaw(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
