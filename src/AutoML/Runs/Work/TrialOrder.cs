using System.Text;
using System.Text.Json;
using MLPipelines.Persistence;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML.Runs.Work;

/// <summary>What a worker is told of a trial.</summary>
/// <param name="Search">The search that it belongs to: all that is the same for its trials, in the words of whoever made it.</param>
/// <param name="Library">The version of the library that made the search; another one might do something else.</param>
/// <param name="Settings">The trial.</param>
internal sealed record TrialOrder(string Search, string Library, TrialSettings Settings)
{
    internal static string Write(string search, TrialSettings settings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("search", search);
            json.WriteString("library", ModelFile.LibraryVersion);
            json.WriteNumber("trial", settings.TrialId);
            json.WritePropertyName("parameter");
            json.WriteRawValue(settings.Parameter.ToString());
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    internal static TrialOrder Read(string work)
    {
        using JsonDocument document = JsonDocument.Parse(work);
        JsonElement root = document.RootElement;
        return new TrialOrder(root.GetProperty("search").GetString()!, root.GetProperty("library").GetString()!, new TrialSettings
        {
            TrialId = root.GetProperty("trial").GetInt32(),
            StartedAtUtc = DateTime.UtcNow,
            Parameter = Parameter.Parse(root.GetProperty("parameter").GetRawText()),
        });
    }
}
