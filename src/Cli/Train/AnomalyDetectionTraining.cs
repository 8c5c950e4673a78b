using System.Globalization;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Cli.Runs;
using MLPipelines.Data;
using MLPipelines.Drift;
using MLPipelines.Scenarios.AnomalyDetection;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Train;

/// <summary>
/// <c>mlp train anomaly-detection</c>: reads a metric, tells what is unusual in it, and saves a model that watches what follows. Nothing is measured:
/// there are no labels.
/// </summary>
internal sealed class AnomalyDetectionTraining(CommandHost host, AnomalyDetectionArguments arguments)
{
    private const string Scenario = "anomaly-detection", Trainer = "streaming-anomaly";

    // Findings that are told of on a terminal; the page has more.
    private const int MostRows = 20;

    private readonly MLContext _context = new(1) { CancellationToken = host.Cancellation };

    private string Name => DataFile.NameWith(arguments.Dataset, arguments.ValueColumn);

    internal int Run() => RunRecorder.Recording(host, arguments.Run, Run);

    private int Run(RunRecorder recorder)
    {
        if (arguments.Dataset == "-") throw new UsageException("--dataset: training reads a file, not standard input.");
        if (Directory.Exists(arguments.Dataset)) throw new UsageException($"--dataset: {arguments.Dataset} is a folder, expected a file.");
        string path = arguments.Output ?? Path.Combine("models", $"{Name}.zip");
        Apply.OutputFile.CheckWritable(path);
        var stages = new Stages();
        AnomalyDetectionResult result;
        string metric;
        using (var progress = ProgressDisplay.For(host))
        {
            Task<string?> hash = FileHash.Start(arguments.Dataset, host.Cancellation);
            progress.Stage($"reading {arguments.Dataset}");
            (IDataView rows, metric, string? time) = Load(progress);
            stages.End("load");
            recorder.Begin(new RunRecord { Command = "train", Scenario = Scenario, Trainer = Trainer, StartedAt = DateTime.UtcNow, DataFile = arguments.Dataset, Parameters = Recorded(time) }, Name);
            progress.Stage("looking for anomalies");
            result = Learn(rows, metric, time);
            host.Cancellation.ThrowIfCancellationRequested();
            stages.End("fit");
            progress.Stage("saving");
            Save(path, result, rows, metric, time, stages, hash);
            stages.End("save");
            recorder.End(run => run with { DataSha256 = hash.GetAwaiter().GetResult(), ModelPath = Path.GetFullPath(path), Metrics = Counts(result).ToDictionary() });
        }
        var report = Report.For(host, arguments.Json);
        Show(report, result, metric, path, stages);
        if (arguments.ReportFile is { } page)
        {
            AnomalyReport.Page(result, $"{metric} of {Path.GetFileName(arguments.Dataset)}", metric).Save(page);
            report.Line($"Wrote {page}.");
        }
        if (arguments.Json) WriteJson(result, path, stages);
        return Faults.Success;
    }

    private Dictionary<string, string> Recorded(string? time)
    {
        var parameters = new Dictionary<string, string> { ["valueColumn"] = arguments.ValueColumn, ["confidence"] = arguments.Confidence.ToString(CultureInfo.InvariantCulture) };
        if (time is not null) parameters["timeColumn"] = time;
        if (arguments.Season is { } season) parameters["season"] = season.ToString(CultureInfo.InvariantCulture);
        return parameters;
    }

    private (IDataView Rows, string Metric, string? Time) Load(ProgressDisplay progress)
    {
        string[] named = [.. new[] { arguments.ValueColumn, arguments.TimeColumn ?? "" }.Where(name => name.Length > 0 && !name.All(char.IsAsciiDigit))];
        DataFile file = DataFile.Open(arguments.Dataset, arguments.Format, host, named);
        int value = file.IndexOf(arguments.ValueColumn, "--value-col");
        int? time = arguments.TimeColumn is { } column ? file.IndexOf(column, "--time-col") : DateColumn(file, value);
        if (time == value) throw new UsageException($"--time-col: '{file.Columns[value]}' is the metric.");
        if (arguments.TimeColumn is null && time is { } chosen) progress.Note($"Time column: {file.Columns[chosen]} (chosen by what it holds; --time-col NAME says otherwise).");
        List<TextLoader.Column> columns = [file.Column(value, DataKind.Double)];
        if (time is { } index) columns.Add(file.Column(index, DataKind.String));
        return (file.Load(_context, columns), file.Columns[value], time is { } at ? file.Columns[at] : null);
    }

    /// <summary>The first column whose first rows are all dates.</summary>
    private static int? DateColumn(DataFile file, int value)
    {
        for (int i = 0; i < file.Columns.Count; i++)
        {
            string[] cells = [.. file.Sample.Select(row => i < row.Length ? row[i] : "").Where(cell => cell.Length > 0)];
            if (i != value && cells.Length > 0 && TimeText.Of(cells) is { IsDate: true }) return i;
        }
        return null;
    }

    private AnomalyDetectionResult Learn(IDataView rows, string metric, string? time)
    {
        try
        {
            return new AnomalyDetectionTrainer(_context, new() { ValueColumn = metric, TimeColumn = time, Season = arguments.Season, Confidence = arguments.Confidence }).Train(rows);
        }
        catch (ArgumentOutOfRangeException e) when (arguments.Season is not null && e.ActualValue is int)
        {
            throw new UsageException($"--season: {e.Message.Split('(')[0].Trim()}");
        }
    }

    private void Save(string path, AnomalyDetectionResult result, IDataView rows, string metric, string? time, Stages stages, Task<string?> hash)
    {
        var input = new DataViewSchema.Builder();
        input.AddColumn(metric, NumberDataViewType.Double);
        var properties = new Dictionary<string, string> { ["valueColumn"] = metric, ["season"] = Figures.Count(result.Analysis.Season) };
        if (time is not null) properties["timeColumn"] = time;
        _context.Model.Save(result.Model, input.ToSchema(), path, new TrainingRecord
        {
            TrainedAt = DateTime.UtcNow,
            Scenario = Scenario,
            Trainer = Trainer,
            DataFile = Path.GetFileName(arguments.Dataset),
            DataSha256 = hash.GetAwaiter().GetResult(),
            TrainRows = result.Analysis.Series.RowCount,
            Metrics = Counts(result).ToDictionary(),
            Seconds = stages.Seconds.ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 3)),
            Properties = properties,
            Profile = new DataProfile { Inputs = DataProfile.Sketch(rows, [metric]) },
        });
    }

    private void Show(Report report, AnomalyDetectionResult result, string metric, string path, Stages stages)
    {
        foreach (string line in AnomalyReport.Summary(result, metric)) report.Line(line);
        report.Line();
        if (result.Analysis.Findings.Count > 0) report.Table(AnomalyReport.Table(result, MostRows));
        else report.Line("Nothing is unusual.");
        report.Line($"Watched as it came, it would have alerted {Figures.Count(result.Alerts.Count, "time")} (confidence {arguments.Confidence:0.##} %).");
        report.Line();
        report.Line($"Saved {path} ({Figures.Bytes(new FileInfo(path).Length)}). Read {Figures.Seconds(stages["load"])}, looked {Figures.Seconds(stages["fit"])}, saved {Figures.Seconds(stages["save"])}.");
        report.Line($"Watch what follows: mlp predict {path} --dataset FILE");
    }

    private static IEnumerable<KeyValuePair<string, double>> Counts(AnomalyDetectionResult result)
    {
        int Of(AnomalyKind kind) => result.Analysis.Findings.Count(finding => finding.Kind == kind);
        return [new("spikes", Of(AnomalyKind.Spike)), new("levelChanges", Of(AnomalyKind.LevelChange)), new("seasonalBreaks", Of(AnomalyKind.SeasonalBreak)), new("alerts", result.Alerts.Count)];
    }

    private void WriteJson(AnomalyDetectionResult result, string path, Stages stages) => JsonLine.Write(host.Out, json =>
    {
        json.WriteStartObject();
        json.WriteString("command", "train");
        json.WriteString("scenario", Scenario);
        json.WriteString("trainer", Trainer);
        json.WriteString("model", path);
        json.WriteNumber("modelBytes", new FileInfo(path).Length);
        json.WriteStartObject("rows");
        json.WriteNumber("train", result.Analysis.Series.RowCount);
        json.WriteNumber("test", 0);
        json.WriteEndObject();
        json.WriteNumber("season", result.Analysis.Season);
        json.WriteNumbers("metrics", Counts(result));
        json.WriteStartArray("findings");
        foreach (AnomalyFinding finding in result.Analysis.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", AnomalyReport.NameOf(finding.Kind));
            json.WriteString("from", result.Analysis.Series.TimeOf(finding.First));
            json.WriteString("to", result.Analysis.Series.TimeOf(finding.Last));
            json.WriteNumber("value", finding.Value);
            json.WriteNumber("expected", finding.Expected);
            json.WriteNumber("severity", Math.Round(finding.Severity, 3));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumbers("seconds", [new("load", stages["load"]), new("fit", stages["fit"]), new("save", stages["save"]), new("total", stages.Total)], digits: 4);
        json.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
        json.WriteEndObject();
    });
}
