using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace MLPipelines.Pretraining;

/// <summary>
/// Takes one file from a web server. What has come is kept beside its validator (RFC 9110: the ETag, or the time of the last change), and the next attempt asks for the
/// rest under the condition that the file is still that one; a server that answers with all of it is listened to from the start.
/// </summary>
internal sealed class Download
{
    private const int Attempts = 5, BufferBytes = 1 << 17;

    private static readonly HttpClient Client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20), AutomaticDecompression = DecompressionMethods.None })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("mlpipelines", "1.0") } },
    };

    private readonly Uri _address;
    private readonly string _name, _part, _validatorFile, _shown;
    private readonly IProgress<CacheProgress>? _progress;
    private long _length;
    private long? _total;

    /// <param name="address">Where the file is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="folder">Where what has come is kept.</param>
    /// <param name="progress">Is told of it.</param>
    internal Download(Uri address, string name, string folder, IProgress<CacheProgress>? progress)
    {
        (_address, _name, _progress) = (address, name, progress);
        _shown = new ModelSource(address.OriginalString).Recorded;
        Directory.CreateDirectory(folder);
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..16];
        _part = Path.Combine(folder, $"{key}.part");
        _validatorFile = $"{_part}.validator";
    }

    /// <summary>How long to wait for an answer, or for more of it.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait after an attempt that failed; the next waits are longer.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Downloads the file.</summary>
    /// <returns>Where it is; the caller moves or deletes it.</returns>
    internal async Task<string> RunAsync(CancellationToken cancellation)
    {
        using FileStream file = OpenPart();
        for (int failures = 1; ; failures++)
        {
            long before = file.Length;
            try
            {
                await ReceiveAsync(file, cancellation).ConfigureAwait(false);
                File.Delete(_validatorFile);
                return _part;
            }
            catch (BrokenOffException e) when (!cancellation.IsCancellationRequested)
            {
                // As long as something comes there is hope.
                if (file.Length > before) failures = 1;
                if (failures >= Attempts || (e.IsFirstContact && before == 0 && failures >= 2))
                    throw new MLPipelinesException(file.Length > 0
                        ? $"The download of {_shown} broke off at {Amount(file.Length)}{(_total is { } total ? $" of {Amount(total)}" : "")}: {e.Message} The same command goes on from there."
                        : $"{_address.Host} cannot be reached: {e.Message} Without a connection, take the file from another machine and add it with --from FILE.", e);
                await Task.Delay(Pause * failures, cancellation).ConfigureAwait(false);
            }
        }
    }

    private FileStream OpenPart()
    {
        try
        {
            return new FileStream(_part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e) when (!DiskSpace.IsFull(e))
        {
            throw new MLPipelinesException($"{_part} cannot be opened, perhaps because another process downloads {_shown} now: {e.Message}", e);
        }
    }

    private async Task ReceiveAsync(FileStream file, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        waiting.CancelAfter(Patience);
        using HttpRequestMessage request = Request(file);
        using HttpResponseMessage response = await ListeningAsync(() => Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, waiting.Token), isFirst: true, cancellation).ConfigureAwait(false);
        // Everything had come before the process ended.
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == file.Length) return;
        if (!Continues(response, file))
        {
            Restart(file);
            // An answer that is not all of the file is of no use; the next attempt asks for all of it.
            if (response.StatusCode != HttpStatusCode.OK) throw new BrokenOffException("the server does not have the rest of it.", null);
        }
        _length = file.Length;
        _total = response.Content.Headers.ContentRange?.Length ?? (response.Content.Headers.ContentLength is { } rest ? _length + rest : null);
        if (_total is { } whole) DiskSpace.Expect(Path.GetDirectoryName(_part)!, _name, whole - _length);
        if (ValidatorOf(response) is { } validator) await File.WriteAllTextAsync(_validatorFile, validator, cancellation).ConfigureAwait(false);

        Stream content = await ListeningAsync(() => response.Content.ReadAsStreamAsync(waiting.Token), isFirst: false, cancellation).ConfigureAwait(false);
        byte[] buffer = new byte[BufferBytes];
        _progress?.Report(new CacheProgress(_name, _length, _total));
        while (true)
        {
            waiting.CancelAfter(Patience);
            int count = await ListeningAsync(() => content.ReadAsync(buffer, waiting.Token).AsTask(), isFirst: false, cancellation).ConfigureAwait(false);
            if (count == 0) break;
            file.Write(buffer, 0, count);
            _length += count;
            _progress?.Report(new CacheProgress(_name, _length, _total));
        }
        if (_total is { } expected && _length != expected) throw new BrokenOffException("the connection ended.", null);
        file.Flush(flushToDisk: true);
    }

    private HttpRequestMessage Request(FileStream file)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _address);
        if (file.Length == 0 || !File.Exists(_validatorFile)) return request;
        request.Headers.Range = new RangeHeaderValue(file.Length, null);
        request.Headers.TryAddWithoutValidation("If-Range", File.ReadAllText(_validatorFile));
        return request;
    }

    /// <summary>Whether the answer is what comes after what is there.</summary>
    private bool Continues(HttpResponseMessage response, FileStream file)
    {
        if (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange is { From: { } from } && from == file.Length)
        {
            file.Seek(0, SeekOrigin.End);
            return true;
        }
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PartialContent) return false;
        if ((int)response.StatusCode is >= 500 or 408 or 429) throw new BrokenOffException($"the server answered {Status(response)}.", null);
        throw new MLPipelinesException(response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => $"There is no file at {_shown}: the server answered {Status(response)}. Check the address.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"The server does not give out {_shown} without signing in: it answered {Status(response)}. Download it otherwise and add it with --from FILE.",
            _ => $"{_shown} cannot be downloaded: the server answered {Status(response)}.",
        });
    }

    private void Restart(FileStream file)
    {
        file.SetLength(0);
        File.Delete(_validatorFile);
    }

    /// <summary>A strong ETag or the time of the last change; nothing else makes sure that two parts are of one file.</summary>
    private static string? ValidatorOf(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("R");

    /// <summary>Failures of the connection, told apart from those of the disk.</summary>
    private static async Task<T> ListeningAsync<T>(Func<Task<T>> listen, bool isFirst, CancellationToken cancellation)
    {
        try
        {
            return await listen().ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new BrokenOffException("no answer came.", e) { IsFirstContact = isFirst };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new BrokenOffException($"{(e.InnerException ?? e).Message.TrimEnd('.')}.", e) { IsFirstContact = isFirst };
        }
    }

    private static string Status(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    private static string Amount(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0} MB");

    private sealed class BrokenOffException(string message, Exception? inner) : Exception(message, inner)
    {
        internal bool IsFirstContact { get; init; }
    }
}
