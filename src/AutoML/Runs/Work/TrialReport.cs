using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MLPipelines.AutoML.Runs.Work;

/// <summary>What a worker hands in of a trial over a table: its metrics and its predictions of the validation rows, as JSON. Models stay where they were made.</summary>
internal static class TrialReport
{
    internal static string Of(TrialResult result) => Written(json =>
    {
        if (result.Exception is not null)
        {
            json.WriteString("cause", result.Exception.Message);
            return;
        }
        json.WriteNumber("loss", result.Loss);
        json.WriteNumber("metric", result.Metric);
        json.WriteNumber("milliseconds", result.DurationInMilliseconds);
        if (result.PeakMemoryInMegaByte is { } memory) json.WriteNumber("peakMemoryMB", memory);
        if (result is not TableTrialResult table) return;
        json.WriteStartObject("metrics");
        foreach (var (name, value) in table.Metrics) if (double.IsFinite(value)) json.WriteNumber(name, value);
        json.WriteEndObject();
        if (table.Scores is { } scores) json.WriteBase64String("scores", MemoryMarshal.AsBytes(scores.AsSpan()));
    });

    internal static string OfFailure(Exception cause) => Written(json => json.WriteString("cause", cause.Message));

    /// <summary>The result of a trial that another process ran.</summary>
    internal static TrialResult Read(string report, TrialSettings settings)
    {
        using JsonDocument document = JsonDocument.Parse(report);
        JsonElement root = document.RootElement;
        if (root.TryGetProperty("cause", out JsonElement cause)) throw new MLPipelinesException(cause.GetString()!);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        if (root.TryGetProperty("metrics", out JsonElement all)) foreach (JsonProperty metric in all.EnumerateObject()) metrics[metric.Name] = metric.Value.GetDouble();
        return new TableTrialResult
        {
            TrialSettings = settings,
            Loss = root.GetProperty("loss").GetDouble(),
            Metric = root.GetProperty("metric").GetDouble(),
            DurationInMilliseconds = root.GetProperty("milliseconds").GetDouble(),
            PeakMemoryInMegaByte = root.TryGetProperty("peakMemoryMB", out JsonElement memory) ? memory.GetDouble() : null,
            Metrics = metrics,
            Scores = root.TryGetProperty("scores", out JsonElement scores) ? MemoryMarshal.Cast<byte, float>(scores.GetBytesFromBase64()).ToArray() : null,
        };
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
