using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MLPipelines.Server;

/// <summary><c>GET /models</c> and <c>GET /models/{name}</c>: what is served, what was refused and why, and what a model needs.</summary>
internal static class ModelEndpoints
{
    internal static void Map(IEndpointRouteBuilder endpoints, ModelHost host)
    {
        endpoints.MapGet("/models", context => JsonAnswers.SendAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("models");
            foreach (ModelStatus status in host.Status) WriteStatus(json, status);
            json.WriteEndArray();
            json.WriteEndObject();
        }));
        endpoints.MapGet("/models/{name}", async context =>
        {
            try
            {
                ServedModel model = host.Get((string)context.Request.RouteValues["name"]!);
                await JsonAnswers.SendAsync(context, json => WriteModel(json, model, host)).ConfigureAwait(false);
            }
            catch (RequestProblemException e)
            {
                await JsonAnswers.SendProblemAsync(context, e.Status, e.Message).ConfigureAwait(false);
            }
        });
    }

    private static void WriteStatus(Utf8JsonWriter json, ModelStatus status)
    {
        json.WriteStartObject();
        json.WriteString("name", status.Name);
        json.WriteNumber("version", status.Version);
        json.WriteString("file", Path.GetFileName(status.File));
        json.WriteString("state", status.Model is null ? "refused" : status.Problem is null ? "serving" : "serving its predecessor");
        if (status.Problem is not null) json.WriteString("problem", status.Problem);
        if (status.Model is { } model) WriteFacts(json, model);
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteString("kind", Name(model.Kind));
        json.WriteString("sha256", model.Sha256);
        json.WriteNumber("bytes", model.Bytes);
        json.WriteString("loadedAt", model.LoadedAt);
        if (model.Manifest.Training?.TrainedAt is { } trained) json.WriteString("trainedAt", trained);
    }

    private static void WriteModel(Utf8JsonWriter json, ServedModel model, ModelHost host)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteNumber("version", model.Version);
        WriteFacts(json, model);
        json.WriteStartArray("names");
        foreach (string reference in host.References.Where(reference => host.Find(reference) == model).Order(StringComparer.Ordinal)) json.WriteStringValue(reference);
        json.WriteEndArray();
        json.WriteStartArray("inputs");
        foreach (ModelInput input in model.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("type", input.Type.ToString());
            if (input.Slots is not null) WriteTexts(json, "items", input.Slots);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (model.Labels.Count > 0) WriteTexts(json, "labels", model.Labels);
        if (model.Manifest.Training is { } training)
        {
            json.WriteStartObject("metrics");
            foreach (var (name, value) in training.Metrics)
                if (double.IsFinite(value)) json.WriteNumber(name, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>A kind as JSON names it: binaryClassification.</summary>
    internal static string Name(ModelKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
