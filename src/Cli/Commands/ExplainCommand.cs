using System.CommandLine;
using MLPipelines.Cli.Explaining;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp explain</c>.</summary>
internal static class ExplainCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model of a table or of pictures that mlp train saved." };
        var dataset = OptionParsing.Text("--dataset", "The rows to explain: a CSV or TSV file, plain or .gz. For a model of pictures a picture, or a folder of them.", "FILE|DIR", "-d");
        dataset.Required = true;
        var label = OptionParsing.Text("--label-col", "The column with the right answers. Default: the one that the model was trained on, where the file has it.", "NAME");
        var importance = OptionParsing.Choice<ImportanceKind>("--importance", "permutation: how much worse predictions are without what a column says; contribution: how much it adds to scores; "
            + "gain or splits: how much trees use it. Default: permutation where the file has the right answers, else contribution.");
        var permutations = OptionParsing.Whole("--permutations", "How many times the values of each column are dealt out to other rows. Default 3.", "N", least: 1);
        var maximum = OptionParsing.Whole("--max-rows", "How many of the first rows importance is measured on. Default 10000.", "N", least: 1);
        var output = OptionParsing.Text("--output", "Where the importance of all columns goes as CSV; - for standard output. For pictures a .png or .html file: where the model looks.", "FILE|-", "-o");
        var rows = OptionParsing.Text("--rows", "Where the contributions of columns to each row's prediction go as CSV; - for standard output.", "FILE|-");
        var top = OptionParsing.Whole("--top", "With --rows, how many columns of each row: those that contribute most. 0 for all. Default 10.", "N", least: 0);
        var format = new FormatOptions();
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");
        command.Arguments.Add(model);
        foreach (Option option in new Option[] { dataset, label, importance, permutations, maximum, output, rows, top }) command.Options.Add(option);
        format.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => new ModelExplanation(host, parsed.GetValue(model)!, parsed.GetValue(dataset)!)
        {
            LabelColumn = parsed.GetValue(label),
            Importance = parsed.GetValue(importance),
            Permutations = parsed.GetValue(permutations) ?? 3,
            MaximumRows = parsed.GetValue(maximum) ?? 10_000,
            Output = parsed.GetValue(output),
            Rows = parsed.GetValue(rows),
            Top = parsed.GetValue(top) ?? 10,
            Format = format.Get(parsed),
            Json = parsed.GetValue(json),
        }.Run());
    }
}
