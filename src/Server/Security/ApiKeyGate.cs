using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary>
/// Lets requests pass that have a key: <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>. Without any key configured all pass. The hash of what was sent is compared with
/// that of every key, in a time that depends on neither.
/// </summary>
internal sealed class ApiKeyGate
{
    private const int LongestKey = 256;

    private readonly byte[][] _hashes;

    public ApiKeyGate(IOptions<ModelServerOptions> options)
    {
        IEnumerable<ApiKey> keys = options.Value.ApiKeys;
        if (options.Value.ApiKeyFile is { } file) keys = keys.Concat(ApiKeyFile.Read(file));
        _hashes = [.. keys.Select(key => key.HashBytes())];
    }

    /// <summary>Whether a key is asked for.</summary>
    internal bool IsClosed => _hashes.Length > 0;

    /// <summary>An endpoint that is open to all: those by which others see whether the server lives.</summary>
    internal sealed class Open
    {
        internal static Open Endpoint { get; } = new();
    }

    /// <summary>Puts the gate before every endpoint of a group but the open ones.</summary>
    internal void Guard(IEndpointConventionBuilder group)
    {
        if (!IsClosed) return;
        group.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<Open>().Any() || endpoint.RequestDelegate is not { } next) return;
            endpoint.RequestDelegate = context => Passes(context.Request) ? next(context) : RefuseAsync(context);
        });
    }

    internal bool Passes(HttpRequest request)
    {
        ReadOnlySpan<char> key = KeyOf(request);
        if (key.IsEmpty || key.Length > LongestKey) return false;
        Span<byte> bytes = stackalloc byte[LongestKey * 3], hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);
        bool isKnown = false;
        foreach (byte[] known in _hashes) isKnown |= CryptographicOperations.FixedTimeEquals(hash, known);
        return isKnown;
    }

    private static ReadOnlySpan<char> KeyOf(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        if (request.Headers.TryGetValue("X-Api-Key", out var own)) return own.Count == 1 ? own[0] : default;
        return request.Headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization.AsSpan(Bearer.Length).Trim() : default;
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        const string Message = "A key is needed: Authorization: Bearer KEY, or X-Api-Key: KEY.";
        return context.Request.Path.Value?.Contains("/v2/", StringComparison.Ordinal) == true ? InferenceAnswers.SendErrorAsync(context, 401, Message) : JsonAnswers.SendProblemAsync(context, 401, Message);
    }
}
