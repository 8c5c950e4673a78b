using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
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
        HttpRequest request = context.Request;
        Deadline deadline = Deadline.After(TimeoutOf(request));
        (answer.Format, answer.Reply) = RowFormats.Of(request);
        model.Queue.ThrowIfFull();
        using ByteBuffer body = await RequestBody.ReadAsync(context, _options.MaxRequestBytes, deadline).ConfigureAwait(false);
        using var buffer = new ByteBuffer();
        if (answer.Format == RowFormat.Json && model.Special is { } special && SpecialBody.TryParse(body.Written, special, out JsonDocument? asked))
        {
            using (asked) answer.Rows = await model.Gate.RunAsync(ending => WriteSpecial(model, special, asked, GivenTop(request), buffer, ending), deadline, context.RequestAborted).ConfigureAwait(false);
            await JsonAnswers.SendAsync(context, buffer).ConfigureAwait(false);
            return;
        }
        if (!model.ScoresRows) throw new RequestProblemException(415, $"{model.Name} forecasts financial lines; it is asked by JSON, such as {{\"horizon\": 4}}.");
        using ScoringRows rows = model.Rent();
        CsvFormat.Lines? lines = Read(model, answer.Format, body, rows);
        answer.Rows = rows.RowCount;
        if (rows.RowCount > _options.MaxRequestRows)
            throw new RequestProblemException(413, string.Create(CultureInfo.InvariantCulture, $"The request has {rows.RowCount:N0} rows, this server takes {_options.MaxRequestRows:N0}; send them in several requests."));
        await model.ScoreAsync(rows, deadline, context.RequestAborted).ConfigureAwait(false);
        deadline.ThrowIfPassed();
        if (answer.Reply == RowFormat.Csv) model.Csv.Write(rows, lines, request.Query["scores"] == "true", new ByteBufferStream(buffer));
        else model.Json.WriteAll(rows, GivenTop(request) ?? _options.Top, buffer);
        await JsonAnswers.SendAsync(context, buffer, contentType: answer.Reply == RowFormat.Csv ? "text/csv; charset=utf-8" : "application/json").ConfigureAwait(false);
        observers.RowsScored(rows);
        shadows.Offer(model, rows);
    }

    private static CsvFormat.Lines? Read(ServedModel model, RowFormat format, ByteBuffer body, ScoringRows rows)
    {
        if (format == RowFormat.Csv) return model.Csv.Read(body.Written, rows);
        if (format == RowFormat.Picture) RowFormats.ReadPicture(model, body.Written.Span, rows);
        else model.Json.Rows.Read(body.Written.Span, rows);
        return null;
    }

    private static int WriteSpecial(ServedModel model, SpecialAnswer special, JsonDocument body, int? top, ByteBuffer buffer, CancellationToken ending)
    {
        using var json = new Utf8JsonWriter(buffer, PredictionFormat.Readable);
        json.WriteStartObject();
        json.WriteString("model", model.Name);
        json.WriteNumber("version", model.Version);
        json.WriteStartArray("predictions");
        int count;
        try
        {
            count = special.Write(body.RootElement, top, json, ending);
        }
        catch (ArgumentException e)
        {
            // A horizon, a temperature and the like that is out of range.
            throw new RequestProblemException(400, e.Message.Split(['\r', '\n'], 2)[0]) { Column = e.ParamName };
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        buffer.Write((byte)'\n');
        return count;
    }

    /// <summary>How many items to rank, where the request says so.</summary>
    private static int? GivenTop(HttpRequest request)
    {
        if (!request.QueryString.HasValue || !request.Query.TryGetValue("top", out var given)) return null;
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

        internal RowFormat Format { get; set; }

        internal RowFormat Reply { get; set; }

        internal string Protocol => Format == RowFormat.Csv ? "csv" : "json";

        internal int Status { get; set; } = 200;

        internal int Rows { get; set; }
    }
}
