using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using MLPipelines.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace MLPipelines.Extensions.ML;

/// <summary>Loads a model from a web address and asks now and then whether it is still the same. What cannot be fetched or loaded is reported, and the model before it stays.</summary>
internal sealed class UriModelLoader(IOptions<MLOptions> options, ILogger<UriModelLoader> logger) : ModelLoader, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly MLContext _context = options.Value.MLContext;
    private readonly LoadedModel _loaded = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = DecompressionMethods.All }) { Timeout = Timeout };
    private readonly CancellationTokenSource _stopping = new();
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset? _modified;
    private byte[] _hash = [];

    /// <exception cref="HttpRequestException">The model cannot be fetched.</exception>
    /// <exception cref="MLPipelinesException">What was fetched is no model.</exception>
    internal void Start(Uri uri, TimeSpan period)
    {
        // The pool is made without waiting being possible; the thread pool does not wait for this thread.
        Task.Run(() => FetchAsync(uri)).GetAwaiter().GetResult();
        _ = PollAsync(uri, period);
    }

    public override IChangeToken GetReloadToken() => _loaded.Token;

    public override ITransformer GetModel() => _loaded.Model;

    public void Dispose()
    {
        // By the pool and by the services; the source has no handle to free.
        _stopping.Cancel();
        _client.Dispose();
    }

    private async Task PollAsync(Uri uri, TimeSpan period)
    {
        CancellationToken stopping = _stopping.Token;
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false)) await ReloadAsync(uri).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The pool has ended.
        }
    }

    private async Task ReloadAsync(Uri uri)
    {
        long start = Stopwatch.GetTimestamp();
        PoolLog.UriReloadBegin(logger, uri);
        try
        {
            if (await FetchAsync(uri).ConfigureAwait(false)) PoolLog.UriReloadEnd(logger, uri, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (Exception e) when (e is MLPipelinesException or HttpRequestException or IOException or NotSupportedException || (e is OperationCanceledException && !_stopping.IsCancellationRequested))
        {
            PoolLog.UriReloadError(logger, uri, Stopwatch.GetElapsedTime(start).TotalMilliseconds, e);
        }
    }

    /// <summary>Fetches the model if it is another; whether it was.</summary>
    private async Task<bool> FetchAsync(Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (_tag is not null) request.Headers.IfNoneMatch.Add(_tag);
        else request.Headers.IfModifiedSince = _modified;
        using HttpResponseMessage response = await _client.SendAsync(request, _stopping.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified) return false;
        response.EnsureSuccessStatusCode();
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(_stopping.Token).ConfigureAwait(false);
        byte[] hash = SHA256.HashData(bytes);
        // Some servers have neither tags nor times.
        bool isNew = !hash.AsSpan().SequenceEqual(_hash);
        if (isNew) _loaded.Replace(_context.Model.Load(new MemoryStream(bytes), out _));
        // Not before it could be loaded: what is bad now is asked for again.
        (_tag, _modified, _hash) = (response.Headers.ETag, response.Content.Headers.LastModified, hash);
        return isNew;
    }
}
