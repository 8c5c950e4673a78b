using System.Globalization;
using System.Text.Json;
using MLPipelines.AutoML.Runs;

namespace MLPipelines.Cli.Runs;

/// <summary>Writes runs for programs.</summary>
internal static class RunJson
{
    internal static void Write(Utf8JsonWriter json, RunRecord run, IEnumerable<RunRecord>? trials = null)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Id);
        if (run.ParentId is { } parent)
        {
            json.WriteString("run", parent);
            json.WriteNumber("number", run.Number);
        }
        json.WriteString("experiment", run.Experiment);
        json.WriteString("command", run.Command);
        json.WriteString("scenario", run.Scenario);
        json.WriteString("trainer", run.Trainer);
        json.WriteString("status", RunTables.StatusName(run));
        json.WriteString("started", Time(run.StartedAt));
        json.WriteString("ended", run.EndedAt is { } ended ? Time(ended) : null);
        if (run.Seed is { } seed) json.WriteNumber("seed", seed);
        json.WriteString("library", run.LibraryVersion);
        json.WriteString("machine", run.Machine);
        json.WriteString("data", run.DataFile);
        json.WriteString("dataSha256", run.DataSha256);
        json.WriteString("model", run.ModelPath);
        if (run.Cause is { } cause) json.WriteString("cause", cause);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in run.Parameters) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (var (name, value) in run.Metrics) json.WriteNumber(name, value);
        json.WriteEndObject();
        if (trials is not null)
        {
            json.WriteStartArray("trials");
            foreach (RunRecord trial in trials) Write(json, trial);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
