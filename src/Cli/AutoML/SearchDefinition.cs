using System.Text;
using System.Text.Json;
using MLPipelines.AutoML;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Train;

namespace MLPipelines.Cli.AutoML;

/// <summary>All that makes a search the same elsewhere, as JSON: the data by path and hash, and what the user said of it.</summary>
internal static class SearchDefinition
{
    internal static string Write(TrainArguments arguments, string? sha256)
    {
        SearchArguments search = arguments.Search!;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("task", search.Task.ToString());
            json.WriteString("dataset", Path.GetFullPath(arguments.Dataset));
            json.WriteString("sha256", sha256);
            json.WriteNumber("seed", arguments.Seed);
            WriteText("label", arguments.LabelColumn);
            WriteText("group", search.GroupColumn);
            WriteText("metric", search.Metric);
            WriteText("separator", arguments.Format.Separator?.ToString());
            WriteText("decimal", arguments.Format.DecimalMark?.ToString());
            WriteText("header", arguments.Format.HasHeader?.ToString());
            WriteText("quoting", arguments.Format.Quoting?.ToString());
            if (arguments.Split is { } split) json.WriteNumber("split", split);
            if (arguments.TrainSeconds is { } seconds) json.WriteNumber("trainSeconds", seconds);
            if (search.MaximumTrials is { } trials) json.WriteNumber("maximumTrials", trials);
            if (search.Folds is { } folds) json.WriteNumber("folds", folds);
            WriteTexts("texts", arguments.TextColumns);
            WriteTexts("categories", search.CategoricalColumns);
            WriteTexts("ignored", arguments.IgnoredColumns);
            WriteTexts("trainers", search.Trainers);
            json.WriteEndObject();

            void WriteText(string name, string? value)
            {
                if (value is not null) json.WriteString(name, value);
            }

            void WriteTexts(string name, IReadOnlyList<string> values)
            {
                json.WriteStartArray(name);
                foreach (string value in values) json.WriteStringValue(value);
                json.WriteEndArray();
            }
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>What the user said, and the hash that the data has to have.</summary>
    internal static (TrainArguments Arguments, string? Sha256) Read(string definition)
    {
        using JsonDocument document = JsonDocument.Parse(definition);
        JsonElement root = document.RootElement;
        return (new TrainArguments
        {
            Dataset = Text("dataset")!,
            LabelColumn = Text("label"),
            Seed = root.GetProperty("seed").GetInt32(),
            Split = Number("split"),
            TrainSeconds = Number("trainSeconds"),
            TextColumns = Texts("texts"),
            IgnoredColumns = Texts("ignored"),
            Format = new InputFormat(Text("separator")?[0], Text("decimal")?[0], Truth("header"), Truth("quoting")),
            Search = new SearchArguments
            {
                Task = Enum.Parse<AutoMLTask>(Text("task")!),
                GroupColumn = Text("group"),
                Metric = Text("metric"),
                MaximumTrials = (int?)Number("maximumTrials"),
                Folds = (int?)Number("folds"),
                CategoricalColumns = Texts("categories"),
                Trainers = Texts("trainers"),
            },
        }, Text("sha256"));

        string? Text(string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
        bool? Truth(string name) => Text(name) is { } text ? bool.Parse(text) : null;
        double? Number(string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
        string[] Texts(string name) => [.. root.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
    }
}
