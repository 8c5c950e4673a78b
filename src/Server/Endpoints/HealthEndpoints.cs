using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MLPipelines.Server;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: models are loaded, and requests are welcome.</summary>
internal static class HealthEndpoints
{
    internal static void Map(IEndpointRouteBuilder endpoints, ModelHost host)
    {
        string[] methods = ["GET", "HEAD"];
        endpoints.MapMethods("/healthz", methods, context => Answer(context, 200, "ok")).WithMetadata(ApiKeyGate.Open.Endpoint);
        endpoints.MapMethods("/readyz", methods, context => host.WhyNotReady is { } reason ? Answer(context, 503, reason) : Answer(context, 200, "ready")).WithMetadata(ApiKeyGate.Open.Endpoint);
    }

    private static Task Answer(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
