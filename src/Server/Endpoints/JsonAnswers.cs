using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MLPipelines.Server;

/// <summary>Sends JSON.</summary>
internal static class JsonAnswers
{
    private const string Json = "application/json", Problem = "application/problem+json";

    /// <summary>Sends what is in a buffer.</summary>
    internal static Task SendAsync(HttpContext context, ByteBuffer buffer, int status = 200, string contentType = Json)
    {
        HttpResponse response = context.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (status, contentType, buffer.Length);
        return response.Body.WriteAsync(buffer.Written, context.RequestAborted).AsTask();
    }

    /// <summary>Writes an object and sends it.</summary>
    internal static async Task SendAsync(HttpContext context, Action<Utf8JsonWriter> write, int status = 200, string contentType = Json)
    {
        using var buffer = new ByteBuffer();
        await using (var json = new Utf8JsonWriter(buffer, PredictionFormat.Readable)) write(json);
        buffer.Write((byte)'\n');
        await SendAsync(context, buffer, status, contentType).ConfigureAwait(false);
    }

    /// <summary>Sends what is wrong with a request, as RFC 9457 has it.</summary>
    internal static Task SendProblemAsync(HttpContext context, int status, string detail, int? row = null, string? column = null) => SendAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("title", TitleOf(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        if (row is { } number) json.WriteNumber("row", number);
        if (column is not null) json.WriteString("column", column);
        json.WriteEndObject();
    }, status, Problem);

    private static string TitleOf(int status) => status switch
    {
        400 => "Bad request",
        404 => "Not found",
        408 => "Request timeout",
        413 => "Content too large",
        415 => "Unsupported media type",
        429 => "Too many requests",
        503 => "Service unavailable",
        504 => "Deadline passed",
        _ => "Internal server error",
    };
}
