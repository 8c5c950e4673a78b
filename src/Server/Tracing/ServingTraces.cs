using System.Diagnostics;

namespace MLPipelines.Server;

/// <summary>
/// What a model computes, as spans of a trace: an app adds <see cref="SourceName"/> to its OpenTelemetry sources. The request around it is the span that ASP.NET Core makes.
/// </summary>
public static class ServingTraces
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "MLPipelines.Server";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Scores rows within a span, where anybody listens.</summary>
    internal static ValueTask ScoreAsync(ServedModel model, ScoringRows rows, Deadline deadline, CancellationToken cancellation) =>
        Source.HasListeners() ? TracedAsync(model, rows, deadline, cancellation) : model.Queue.ScoreAsync(rows, deadline, cancellation);

    private static async ValueTask TracedAsync(ServedModel model, ScoringRows rows, Deadline deadline, CancellationToken cancellation)
    {
        using Activity? activity = Source.StartActivity("score", ActivityKind.Internal);
        if (activity is not null)
        {
            activity.SetTag("model.name", model.Name);
            activity.SetTag("model.version", model.Version);
            activity.SetTag("model.sha256", model.Sha256);
            activity.SetTag("rows", rows.RowCount);
            activity.SetTag("waiting", model.WaitingRequests);
        }
        try
        {
            await model.Queue.ScoreAsync(rows, deadline, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The message may hold a value of a row; the kind of error does not.
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
    }
}
