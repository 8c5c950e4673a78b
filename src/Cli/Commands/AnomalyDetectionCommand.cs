using System.CommandLine;
using MLPipelines.Cli.Train;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp train anomaly-detection</c>.</summary>
internal static class AnomalyDetectionCommand
{
    internal const string Name = "anomaly-detection";

    internal const string Description = "Finds spikes, level changes and seasonal breaks in a metric, and learns to watch the rows that follow.";

    internal static void AddOptions(Command command, CommandHost host)
    {
        var dataset = OptionParsing.Text("--dataset", "A CSV or TSV file, plain or .gz, or an Excel workbook, with one row per time.", "FILE", "-d");
        dataset.Required = true;
        var value = OptionParsing.Text("--value-col", "The metric, by its header or its index from 0.", "NAME");
        value.Required = true;
        var time = OptionParsing.Text("--time-col", "Dates or whole numbers. Chosen by what the columns hold when left out; without one, rows are steps.", "NAME");
        var format = new FormatOptions();
        var season = OptionParsing.Whole("--season", "The length of the season in steps, 1 for none. Found when left out.", "N", least: 1);
        var confidence = OptionParsing.Real("--confidence", "In percent: new rows alert when their p-value is at most 100 less this. Default 99.5.", "PERCENT", percent => percent is > 0 and < 100, "a number above 0 and below 100");
        var output = OptionParsing.Text("--output", "Where to save the model. Default: models/DATASET-METRIC.zip", "FILE", "-o");
        var report = OptionParsing.Text("--report", "Writes charts and findings as a page to look at.", "FILE.html");
        var run = new RunOptions();
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");
        foreach (Option option in new Option[] { dataset, value, time }) command.Options.Add(option);
        format.AddTo(command);
        foreach (Option option in new Option[] { season, confidence, output, report }) command.Options.Add(option);
        run.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => new AnomalyDetectionTraining(host, new()
        {
            Dataset = parsed.GetValue(dataset)!,
            ValueColumn = parsed.GetValue(value)!,
            TimeColumn = parsed.GetValue(time),
            Format = format.Get(parsed),
            Season = parsed.GetValue(season),
            Confidence = parsed.GetValue(confidence) ?? 99.5,
            Output = parsed.GetValue(output),
            ReportFile = parsed.GetValue(report),
            Run = run.Get(parsed),
            Json = parsed.GetValue(json),
        }).Run());
    }
}
