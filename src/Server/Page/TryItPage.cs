using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MLPipelines.Server;

/// <summary><c>GET /try</c>: a page to try models by hand, made by the browser from <c>openapi.json</c>. It holds nothing of the models, loads nothing from elsewhere and needs no key itself.</summary>
internal static class TryItPage
{
    private static readonly byte[] Html = Read();

    /// <summary>The browser runs the page's own script and style, by their hashes, and nothing else.</summary>
    private static readonly string Policy = $"default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src {HashOf("script")}; style-src {HashOf("style")}";

    internal static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/try", context =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = Html.Length;
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return context.Response.Body.WriteAsync(Html, context.RequestAborted).AsTask();
    }).WithMetadata(ApiKeyGate.Open.Endpoint);

    private static byte[] Read()
    {
        using Stream stream = typeof(TryItPage).Assembly.GetManifestResourceStream("try.html")!;
        using var reader = new StreamReader(stream);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    private static string HashOf(string element)
    {
        string html = Encoding.UTF8.GetString(Html), start = $"<{element}>";
        int from = html.IndexOf(start, StringComparison.Ordinal) + start.Length, to = html.IndexOf($"</{element}>", StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[from..to])))}'";
    }
}
