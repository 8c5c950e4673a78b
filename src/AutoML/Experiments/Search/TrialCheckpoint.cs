using System.Globalization;
using System.Text.Json;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// The trials of an experiment in a file, one JSON object per line, written as each trial ends: an experiment that is begun again with
/// the same file goes on where the other was broken off.
/// </summary>
internal sealed class TrialCheckpoint
{
    private readonly string _path;
    private readonly Lock _lock = new();

    internal TrialCheckpoint(string path)
    {
        _path = path;
        if (File.Exists(path)) Earlier = [.. File.ReadLines(path).Where(line => line.Length > 0).Select((line, index) => Read(line, index + 1))];
    }

    /// <summary>The trials of earlier runs; they have no models.</summary>
    internal IReadOnlyList<TrialResult> Earlier { get; } = [];

    internal static string PathFor(string folder, SearchSpace.SearchSpace space, string? metric) => Path.Combine(folder,
        string.Create(CultureInfo.InvariantCulture, $"trials-{space.GetHashCode():x8}{(metric is null ? "" : $"-{metric}")}.jsonl"));

    internal void Add(TrialResult result)
    {
        if (result.Exception is OperationCanceledException) return;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", result.TrialSettings.TrialId);
            if (result.IsSucceed) writer.WriteNumber("loss", result.Loss);
            if (result.IsSucceed) writer.WriteNumber("metric", result.Metric);
            writer.WriteNumber("durationInMilliseconds", result.DurationInMilliseconds);
            if (result.Exception is not null) writer.WriteString("failure", result.Exception.Message);
            writer.WritePropertyName("parameter");
            writer.WriteRawValue(result.TrialSettings.Parameter.ToString());
            writer.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        lock (_lock)
        {
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write);
            buffer.WriteTo(file);
        }
    }

    private TrialResult Read(string line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return new TrialResult
            {
                TrialSettings = new TrialSettings { TrialId = root.GetProperty("id").GetInt32(), Parameter = Parameter.Parse(root.GetProperty("parameter").GetRawText()) },
                Loss = root.TryGetProperty("loss", out JsonElement loss) ? loss.GetDouble() : double.PositiveInfinity,
                Exception = root.TryGetProperty("failure", out JsonElement failure) ? new MLPipelinesException(failure.GetString()!) : null,
                Metric = root.TryGetProperty("metric", out JsonElement metric) ? metric.GetDouble() : double.NaN,
                DurationInMilliseconds = root.GetProperty("durationInMilliseconds").GetDouble(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{_path} line {number}: expected a trial as JSON, found \"{line[..Math.Min(60, line.Length)]}\". A file that is broken off is to be deleted."), e);
        }
    }
}
