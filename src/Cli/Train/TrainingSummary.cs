using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Train;

/// <summary>What a training came to, for people and for programs.</summary>
internal sealed class TrainingSummary(
    string scenario, TrainArguments arguments, TrainingData data, Learned learned, Evaluation? evaluation, bool isHeldOut, string path, Stages stages)
{
    internal string Scenario => scenario;

    internal TrainArguments Arguments => arguments;

    internal TrainingData Data => data;

    internal Learned Learned => learned;

    internal Evaluation? Evaluation => evaluation;

    internal string Path => path;

    internal Stages Stages => stages;

    internal long TrainRows { get; } = data.RowCount ?? LabelledRows.Count(data.Rows, data.Label);

    internal required string Command { get; init; }

    /// <summary>What it is recorded as; <see langword="null"/> where it is not.</summary>
    internal string? RunId { get; set; }

    /// <summary>What the rows are that the metrics are made of.</summary>
    internal string MeasuredRows => !isHeldOut ? data.TestRows : arguments.IsForecast ? "values after origins in the past" : arguments.Recommendation is null ? $"{Row}s held out for validation" : "pairs held out for validation";

    /// <summary>What a row is called.</summary>
    internal string Row => arguments.Image is null ? "row" : "picture";

    /// <summary>What a later use of the model needs to know.</summary>
    internal IReadOnlyDictionary<string, string> Properties()
    {
        var properties = new Dictionary<string, string>(data.Properties)
        {
            ["labelColumn"] = data.Label,
            ["description"] = learned.Description,
        };
        foreach (var (name, value) in learned.Properties) properties[name] = value;
        if (isHeldOut && evaluation is not null) properties["metricsFrom"] = MeasuredRows;
        return properties;
    }

    internal void Show(Report report)
    {
        report.Line($"Trained on {Figures.Count(TrainRows, Row)} of {arguments.Dataset} to {(arguments.Recommendation is null ? "predict" : "recommend")} '{data.Label}'.");
        report.Line($"Model: {learned.Description}.");
        report.Line();
        foreach (TextTable table in learned.Tables)
        {
            report.Table(table);
            report.Line();
        }
        if (evaluation is null)
        {
            if (arguments.Financial is not null) report.Line("Not measured: the history is too short to try forecasts out.");
            else if (arguments.Recommendation is not null) report.Line("Not measured. --test-dataset FILE or --split 0.2 gives metrics.");
            else report.Line($"Not measured: there are too few {Row}s to hold any out. --test-dataset FILE{(arguments.Forecast is null ? " or --split 0.2" : "")} gives metrics.");
        }
        else
        {
            EvaluationReport.Show(report, evaluation, MeasuredRows);
            if (isHeldOut) report.Line(learned.HeldOutNote);
        }
        report.Line();
        report.Line($"Saved {path} ({Figures.Bytes(new FileInfo(path).Length)}). Read {Figures.Seconds(stages["load"])}, trained {Figures.Seconds(stages["fit"])}, measured {Figures.Seconds(stages["evaluate"])}, saved {Figures.Seconds(stages["save"])}.");
        if (RunId is not null) report.Line($"Recorded as run {RunId}.");
        if (arguments.Recommendation is not null) report.Line($"Use it: mlp recommend {path} --user ID");
        else report.Line($"Use it: mlp predict {path}{(arguments.IsForecast ? "" : " --dataset FILE")}");
    }

    internal void WriteJson(TextWriter writer) => JsonLine.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteString("command", Command);
        json.WriteString("scenario", scenario);
        json.WriteString("trainer", learned.Trainer);
        json.WriteString("model", path);
        json.WriteNumber("modelBytes", new FileInfo(path).Length);
        if (RunId is not null) json.WriteString("run", RunId);
        json.WriteStartObject("rows");
        json.WriteNumber("train", TrainRows);
        json.WriteNumber("test", evaluation?.Rows ?? 0);
        json.WriteEndObject();
        json.WriteNumbers("metrics", evaluation?.Metrics ?? []);
        learned.WriteJson?.Invoke(json);
        json.WriteNumbers("seconds",
        [
            new("load", stages["load"]), new("fit", stages["fit"]), new("evaluate", stages["evaluate"]), new("save", stages["save"]), new("total", stages.Total),
        ], digits: 4);
        json.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
        json.WriteEndObject();
    });
}
