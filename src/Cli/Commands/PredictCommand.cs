using System.CommandLine;
using MLPipelines.Cli.Apply;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp predict</c>.</summary>
internal static class PredictCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model that mlp train saved." };
        var dataset = OptionParsing.Text("--dataset", "The rows: a CSV or TSV file, plain or .gz; - for standard input.", "FILE|-", "-d");
        dataset.Required = true;
        var output = OptionParsing.Text("--output", "Where the rows with their predictions go; - for standard output, which is the default.", "FILE|-", "-o");
        var scores = OptionParsing.Flag("--scores", "Appends the probability of each label as well.");
        var format = new FormatOptions();
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output when the rows go to a file.");
        command.Arguments.Add(model);
        command.Options.Add(dataset);
        command.Options.Add(output);
        command.Options.Add(scores);
        format.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => new ModelPrediction(host, parsed.GetValue(model)!, parsed.GetValue(dataset)!, parsed.GetValue(output) ?? "-",
            parsed.GetValue(scores), format.Get(parsed), parsed.GetValue(json)).Run());
    }
}
