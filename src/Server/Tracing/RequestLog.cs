using Microsoft.Extensions.Logging;

namespace MLPipelines.Server;

/// <summary>Writes requests down: those that failed as warnings, the others for who asks for them. What is in the rows is never written.</summary>
internal sealed partial class RequestLog(ILogger<RequestLog> log) : IServingObserver
{
    public void RequestEnded(in ServedRequest request)
    {
        LogLevel level = request.Status switch
        {
            >= 500 => LogLevel.Warning,
            >= 400 => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        if (!log.IsEnabled(level)) return;
        double milliseconds = request.Time.TotalMilliseconds;
        Ended(level, request.Model?.Name ?? "", request.Model?.Version ?? 0, request.Protocol, request.Status, request.Rows, milliseconds);
    }

    [LoggerMessage(EventId = 10, Message = "Request for {Model}@{Version}: {Protocol} {Status}, {Rows} rows, {Milliseconds:0.###} ms")]
    private partial void Ended(LogLevel level, string model, int version, string protocol, int status, int rows, double milliseconds);
}
