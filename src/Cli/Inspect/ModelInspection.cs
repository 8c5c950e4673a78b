using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using MLPipelines.Cli.Output;
using MLPipelines.Persistence;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Inspect;

/// <summary><c>mlp inspect</c>: what a model file says of itself. The weights are not loaded.</summary>
internal sealed class ModelInspection(CommandHost host, string modelPath, bool json)
{
    internal int Run()
    {
        ModelManifest manifest = new MLContext(1).Model.Inspect(modelPath);
        if (json)
        {
            using JsonDocument document = JsonDocument.Parse(manifest.ToJson());
            JsonLine.Write(host.Out, document.RootElement.WriteTo);
            return Faults.Success;
        }
        var report = Report.For(host, json: false);
        if (manifest.Format == ModelManifest.MLNetFormat)
        {
            ShowComponents(report, manifest);
            return Faults.Success;
        }
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{modelPath}: {Figures.Bytes(new FileInfo(modelPath).Length)}, format {manifest.Format}, written by MLPipelines {manifest.Library}"));
        if (manifest.Training is { } training) ShowTraining(report, training);
        if (manifest.Training?.Profile is { } profile) ProfileTables.Show(report, profile);
        ShowColumns(report, "Predicts from", manifest.Input);
        ShowColumns(report, "Gives", Answers(manifest));
        ShowSteps(report, manifest);
        var entries = new TextTable("Entries", "name", "#size", "sha-256");
        foreach (ModelManifest.FileEntry entry in manifest.Entries) entries.Add(entry.Name, Figures.Bytes(entry.Bytes), entry.Sha256[..Math.Min(16, entry.Sha256.Length)] + "…");
        report.Line();
        report.Table(entries);
        return Faults.Success;
    }

    /// <summary>A file that ML.NET wrote: all of its components, and whether each is one that is read here.</summary>
    private void ShowComponents(Report report, ModelManifest manifest)
    {
        report.Line($"{modelPath}: {Figures.Bytes(new FileInfo(modelPath).Length)}, written by {manifest.Library}");
        if (manifest.Training?.Properties.GetValueOrDefault("problem") is { } problem) report.Line($"Cannot be loaded: {problem}");
        if (manifest.Training?.Properties.GetValueOrDefault("labelColumn") is { } label) report.Line($"Trained to predict column '{label}'.");
        ShowColumns(report, "Predicts from", manifest.Input);
        ShowColumns(report, "Gives", Answers(manifest));
        var table = new TextTable("Components", "entry", "component", "version", "read here");
        foreach (ModelManifest.StepEntry component in manifest.Chain)
            table.Add(component.Folder, component.Type, string.Create(CultureInfo.InvariantCulture, $"0x{component.Version:X8}"), component.Parameters["supported"]?.GetValue<bool>() == true ? "yes" : "no");
        report.Line();
        report.Table(table);
    }

    private static List<ModelManifest.ColumnEntry> Answers(ModelManifest manifest) =>
        [.. manifest.Output.Where(column => column.Name is "PredictedLabel" or "Score" or "Probability" or "Forecast" or "Lower" or "Upper" or "GeneratedText")];

    private static void ShowTraining(Report report, TrainingRecord training)
    {
        var table = new TextTable("Training", "", "");
        Add("scenario", training.Scenario);
        Add("trainer", training.Trainer);
        foreach (var (name, value) in training.Properties) Add(name, value);
        Add("trained", training.TrainedAt?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Add("seed", training.Seed?.ToString(CultureInfo.InvariantCulture));
        Add("data", training.DataFile);
        Add("data sha-256", training.DataSha256);
        Add("rows", training.TrainRows is { } rows ? $"{Figures.Count(rows)} trained on, {Figures.Count(training.TestRows ?? 0)} measured on" : null);
        foreach (var (name, value) in training.Metrics) Add(name, Figures.Metric(value));
        Add("seconds", string.Join(", ", training.Seconds.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value:0.###}"))));
        report.Line();
        report.Table(table);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) table.Add(name, value);
        }
    }

    private static void ShowColumns(Report report, string title, IReadOnlyList<ModelManifest.ColumnEntry> columns)
    {
        if (columns.Count == 0) return;
        var table = new TextTable(title, "column", "type", "items");
        foreach (ModelManifest.ColumnEntry column in columns) table.Add(column.Name, column.Type, Items(column.SlotNames));
        report.Line();
        report.Table(table);
    }

    private static void ShowSteps(Report report, ModelManifest manifest)
    {
        var table = new TextTable("Steps", "#no.", "type", "#version", "parameters");
        for (int i = 0; i < manifest.Chain.Count; i++)
        {
            ModelManifest.StepEntry step = manifest.Chain[i];
            table.Add((i + 1).ToString(CultureInfo.InvariantCulture), step.Type, step.Version.ToString(CultureInfo.InvariantCulture), Short(Parameters(step.Parameters)));
        }
        report.Line();
        report.Table(table);
    }

    private static string Parameters(JsonObject parameters) =>
        string.Join(", ", parameters.Where(pair => pair.Value is not JsonObject).Select(pair => $"{pair.Key} {(pair.Value is null ? "-" : pair.Value.ToJsonString(JsonLine.Readable))}"));

    private static string Items(IReadOnlyList<string>? names) => names is null ? "" : Short(string.Join(", ", names));

    private static string Short(string text) => text.Length <= 90 ? text : text[..89] + "…";
}
