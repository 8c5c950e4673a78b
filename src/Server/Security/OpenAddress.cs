using System.Net;
using Microsoft.Extensions.Configuration;

namespace MLPipelines.Server;

/// <summary>Models are shown to others than this machine only if a key is asked for, or if it was said that none is wanted.</summary>
internal static class OpenAddress
{
    /// <exception cref="MLPipelinesException">The server would be open to all.</exception>
    internal static void Check(ModelServerApp.Listening listening, IConfiguration configuration, ApiKeyGate gate, bool allowAnonymous)
    {
        if (gate.IsClosed || allowAnonymous) return;
        string[] configured = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()];
        string? open = configured.Length > 0 ? configured.FirstOrDefault(url => !IsLoopback(HostOf(url)))
            : listening.Address is { } address && !IPAddress.IsLoopback(address) ? address.ToString() : null;
        if (open is not null)
        {
            throw new MLPipelinesException($"At {open} other machines can ask for predictions, and no API key is set. 'mlp serve keys add NAME' makes one (--api-keys FILE uses it). "
                + "If something before the server checks who asks, say so by --allow-anonymous.");
        }
    }

    private static string HostOf(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0, end = url.IndexOf('/', start);
        string authority = end < 0 ? url[start..] : url[start..end];
        int port = authority.LastIndexOf(':');
        return (port > authority.LastIndexOf(']') ? authority[..port] : authority).Trim('[', ']');
    }

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
