using System.Text.Json;
using MLPipelines.Drift;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MLPipelines.Server;

/// <summary><c>GET /models/{name}/drift</c>: how the rows of late compare with those of training.</summary>
internal static class DriftEndpoint
{
    internal static void Map(IEndpointRouteBuilder endpoints, ModelHost host, DriftMonitor monitor) => endpoints.MapGet("/models/{name}/drift", async context =>
    {
        try
        {
            ServedModel model = host.Get((string)context.Request.RouteValues["name"]!);
            DriftReport? report = monitor.Compare(model);
            await JsonAnswers.SendAsync(context, json => Write(json, model, report)).ConfigureAwait(false);
        }
        catch (RequestProblemException e)
        {
            await JsonAnswers.SendProblemAsync(context, e.Status, e.Message).ConfigureAwait(false);
        }
    });

    private static void Write(Utf8JsonWriter json, ServedModel model, DriftReport? report)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Name);
        json.WriteNumber("version", model.Version);
        json.WriteBoolean("compared", report is not null);
        if (report is null)
        {
            json.WriteString("why", "The model file does not say what it learned from, or drift is switched off.");
        }
        else
        {
            json.WriteNumber("rows", report.Rows);
            json.WriteNumber("windowSeconds", Math.Round(report.Window.TotalSeconds, 3));
            Write(json, "inputs", report.Inputs);
            Write(json, "outputs", report.Outputs);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<ColumnDrift> columns)
    {
        json.WriteStartArray(name);
        foreach (ColumnDrift column in columns)
        {
            json.WriteStartObject();
            json.WriteString("column", column.Column);
            json.WriteString("kind", column.Kind);
            json.WriteString("level", column.Level);
            Number("psi", column.Index);
            Number("psiByChance", column.ByChance);
            Number("missingShare", column.MissingShare);
            Number("trainedMissingShare", column.TrainedMissingShare);
            Number("unseenShare", column.UnseenShare);
            Number("trainedUnseenShare", column.TrainedUnseenShare);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        void Number(string key, double value) => json.WriteNumber(key, Math.Round(value, 6));
    }
}
