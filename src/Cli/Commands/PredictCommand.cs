using System.CommandLine;
using MLPipelines.Cli.Apply;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp predict</c>.</summary>
internal static class PredictCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model that mlp train saved." };
        var dataset = OptionParsing.Text("--dataset", "The rows: a CSV or TSV file, plain or .gz; - for standard input. A forecaster needs none: it writes what comes next. For pictures a picture, a folder or archive of them, or a table of their paths.", "FILE|DIR|-", "-d");
        var output = OptionParsing.Text("--output", "Where the rows with their predictions go; - for standard output, which is the default.", "FILE|-", "-o");
        var scores = OptionParsing.Flag("--scores", "Appends the probability of each label as well.");
        var observations = OptionParsing.Text("--observations", "Rows that a forecaster observes first: those that followed its training.", "FILE");
        var horizon = OptionParsing.Whole("--horizon", "How many steps ahead to forecast. Default: as many as it was trained for.", "N", least: 1);
        var path = ImageOptions.PathOption();
        var format = new FormatOptions();
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output when the rows go to a file.");
        command.Arguments.Add(model);
        command.Options.Add(dataset);
        command.Options.Add(output);
        command.Options.Add(scores);
        command.Options.Add(observations);
        command.Options.Add(horizon);
        command.Options.Add(path);
        format.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => new ModelPrediction(host, parsed.GetValue(model)!, parsed.GetValue(dataset), parsed.GetValue(output) ?? "-",
            parsed.GetValue(scores), format.Get(parsed), parsed.GetValue(json)) { Observations = parsed.GetValue(observations), Horizon = parsed.GetValue(horizon), PathColumn = parsed.GetValue(path) }.Run());
    }
}
