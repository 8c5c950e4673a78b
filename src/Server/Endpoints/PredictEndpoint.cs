using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MLPipelines.Server;

/// <summary><c>POST /models/{name}/predict</c>.</summary>
internal sealed partial class PredictEndpoint(ModelHost host, ServingObservers observers, ShadowTraffic shadows, IOptions<ModelServerOptions> options, ILogger<PredictEndpoint> log)
{
    private readonly ModelServerOptions _options = options.Value;

    internal async Task HandleAsync(HttpContext context)
    {
        long start = Stopwatch.GetTimestamp();
        var answer = new Answer();
        try
        {
            answer.Model = host.Get((string)context.Request.RouteValues["name"]!);
            await AnswerAsync(context, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more: 499 is what proxies write down for that.
            answer.Status = 499;
        }
#pragma warning disable CA1031 // The last place that an exception can be told of to who asked.
        catch (Exception e)
#pragma warning restore CA1031
        {
            answer.Status = await TellAsync(context, e).ConfigureAwait(false);
        }
        observers.RequestEnded(new ServedRequest(answer.Model, answer.Protocol, answer.Status, answer.Rows, Stopwatch.GetElapsedTime(start)));
    }

    private async Task AnswerAsync(HttpContext context, Answer answer)
    {
        ServedModel model = answer.Model!;
        Deadline deadline = Deadline.After(TimeoutOf(context.Request));
        model.Queue.ThrowIfFull();
        using ByteBuffer body = await RequestBody.ReadAsync(context, _options.MaxRequestBytes, deadline).ConfigureAwait(false);
        using ScoringRows rows = model.Rent();
        model.Json.Rows.Read(body.Written.Span, rows);
        answer.Rows = rows.RowCount;
        await model.ScoreAsync(rows, deadline, context.RequestAborted).ConfigureAwait(false);
        deadline.ThrowIfPassed();
        using var buffer = new ByteBuffer();
        model.Json.WriteAll(rows, TopOf(context.Request), buffer);
        await JsonAnswers.SendAsync(context, buffer).ConfigureAwait(false);
        observers.RowsScored(rows);
        shadows.Offer(model, rows);
    }

    private int TopOf(HttpRequest request)
    {
        if (!request.QueryString.HasValue || !request.Query.TryGetValue("top", out var given)) return _options.Top;
        if (given == "all") return int.MaxValue;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int top) ? top : throw new RequestProblemException(400, $"top: found '{given}', expected a whole number or 'all'.");
    }

    internal TimeSpan TimeoutOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Request-Timeout", out var given)) return _options.RequestTimeout;
        return double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, _options.RequestTimeout.TotalSeconds))
            : throw new RequestProblemException(400, $"Request-Timeout: found '{given}', expected seconds, such as 0.5.");
    }

    /// <summary>What is told of what went wrong, with the headers that go with it.</summary>
    internal (int Status, string Message) Told(Exception e, HttpContext context)
    {
        int status = e switch
        {
            RequestProblemException problem => problem.Status,
            QueueFullException => 429,
            TimeoutException => 504,
            MLPipelinesException => 400,
            BadHttpRequestException bad => bad.StatusCode,
            _ => 500,
        };
        if (status == 500) LogFailed(e);
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            if (status is 429 or 503) context.Response.Headers.RetryAfter = "1";
            // What is left of a body that is refused is not read, so that the connection cannot go on.
            if (status is 408 or 413) context.Response.Headers.Connection = "close";
        }
        return (status, status == 500 ? "The request could not be answered because of a defect; the log of the server says more." : e.Message);
    }

    /// <summary>Answers with what went wrong.</summary>
    private async Task<int> TellAsync(HttpContext context, Exception e)
    {
        var (status, message) = Told(e, context);
        if (context.Response.HasStarted) return status;
        var told = e as RequestProblemException;
        await JsonAnswers.SendProblemAsync(context, status, message, told?.Row, told?.Column).ConfigureAwait(false);
        return status;
    }

    [LoggerMessage(1, LogLevel.Error, "A prediction failed")]
    private partial void LogFailed(Exception exception);

    /// <summary>What is known of an answer when it ends.</summary>
    private sealed class Answer
    {
        internal ServedModel? Model { get; set; }

        internal string Protocol { get; set; } = "json";

        internal int Status { get; set; } = 200;

        internal int Rows { get; set; }
    }
}
