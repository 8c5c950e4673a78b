using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MLPipelines.Server;

/// <summary>Reads bodies of requests whole, into rented memory, and no more than is allowed.</summary>
internal static class RequestBody
{
    /// <param name="context">The request.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="deadline">When reading ends.</param>
    /// <exception cref="RequestProblemException">It is too large (413), or came too slowly (408).</exception>
    internal static async ValueTask<ByteBuffer> ReadAsync(HttpContext context, long most, Deadline deadline)
    {
        HttpRequest request = context.Request;
        if (request.ContentLength > most) throw TooLarge(most);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most;
        var body = new ByteBuffer();
        CancellationTokenSource? slow = null;
        try
        {
            PipeReader reader = request.BodyReader;
            while (true)
            {
                // Most bodies are there with their headers: only those that are not need a clock.
                if (!reader.TryRead(out ReadResult read))
                {
                    slow ??= Clock(context, deadline);
                    read = await reader.ReadAsync(slow.Token).ConfigureAwait(false);
                }
                foreach (ReadOnlyMemory<byte> part in read.Buffer)
                {
                    if (body.Length + part.Length > most) throw TooLarge(most);
                    body.Write(part.Span);
                }
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return body;
            }
        }
        catch (Exception e)
        {
            body.Dispose();
            if (e is BadHttpRequestException { StatusCode: 413 }) throw TooLarge(most);
            if (e is OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
                throw new RequestProblemException(408, "The body of the request did not arrive before its deadline.");
            throw;
        }
        finally
        {
            slow?.Dispose();
        }
    }

    private static CancellationTokenSource Clock(HttpContext context, Deadline deadline)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (deadline.Exists) source.CancelAfter(deadline.Left);
        return source;
    }

    private static RequestProblemException TooLarge(long most) => new(413, string.Create(null, $"The request is larger than the {most:N0} bytes that this server takes; send its rows in several requests."));
}
