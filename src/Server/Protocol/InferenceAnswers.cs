using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MLPipelines.Server;

/// <summary>Answers of the Open Inference Protocol that hold no tensors.</summary>
internal static class InferenceAnswers
{
    /// <summary>What is wrong with a request: <c>{"error": "…"}</c>.</summary>
    internal static Task SendErrorAsync(HttpContext context, int status, string message) => JsonAnswers.SendAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    }, status);

    internal static Task SendFlagAsync(HttpContext context, string name, bool value, string? model = null) => JsonAnswers.SendAsync(context, json =>
    {
        json.WriteStartObject();
        if (model is not null) json.WriteString("name", model);
        json.WriteBoolean(name, value);
        json.WriteEndObject();
    }, value ? 200 : 503);
}
