using System.CommandLine;
using MLPipelines.Cli.Apply;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp evaluate</c>.</summary>
internal static class EvaluateCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model that mlp train saved." };
        var dataset = OptionParsing.Text("--dataset", "Rows with labels: a CSV or TSV file, plain or .gz; a folder of texts; or what mlp train image-classification reads.", "FILE|DIR", "-d");
        dataset.Required = true;
        var label = OptionParsing.Text("--label-col", "The column with the right answers. Default: the one that the model was trained on.", "NAME");
        var path = ImageOptions.PathOption();
        var format = new FormatOptions();
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");
        command.Arguments.Add(model);
        command.Options.Add(dataset);
        command.Options.Add(label);
        command.Options.Add(path);
        format.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => new ModelEvaluation(host, parsed.GetValue(model)!, parsed.GetValue(dataset)!, parsed.GetValue(label), format.Get(parsed), parsed.GetValue(json)) { PathColumn = parsed.GetValue(path) }.Run());
    }
}
