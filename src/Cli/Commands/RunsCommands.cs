using System.CommandLine;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Runs;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp runs</c>: what was recorded of trainings.</summary>
internal static class RunsCommands
{
    private const string RunHelp = "A run: the first digits of its id, those and a trial as in 3f9a/7, or latest.";

    internal static void Build(Command runs, CommandHost host)
    {
        var count = OptionParsing.Whole("--count", "How many at most. Default 20.", "N", least: 1);
        var status = OptionParsing.Choice<RunStatus>("--status", "Those that have come so far.");
        var metric = OptionParsing.Text("--metric", "What is compared. Default: the first metric of the experiment.", "NAME");
        var all = OptionParsing.Flag("--all", "Shows what is the same in all, too.");
        var folder = OptionParsing.Text("--output", "The folder that MLflow looks into. Default: mlruns", "DIR", "-o");
        var one = new Argument<string>("run") { Description = RunHelp };
        var several = new Argument<string[]>("runs") { Description = RunHelp, Arity = ArgumentArity.OneOrMore };
        var any = new Argument<string[]>("runs") { Description = $"{RunHelp} All when left out.", Arity = ArgumentArity.ZeroOrMore };

        Add("list", "Lists runs, the newest first.", [count, status], null, (command, parsed, query) => command.List(query(parsed) with { Status = parsed.GetValue(status), Count = parsed.GetValue(count) ?? 20 }));
        Add("show", "Shows all that is known of a run, and its trials.", [], one, (command, parsed, _) => command.Show(parsed.GetValue(one)!));
        Add("compare", "Shows in what runs differ, side by side.", [all], several, (command, parsed, _) => command.Compare(parsed.GetValue(several)!, parsed.GetValue(all)));
        Add("best", "Shows the best run of each experiment.", [metric], null, (command, parsed, query) => command.Best(query(parsed), parsed.GetValue(metric)));
        Add("delete", "Forgets runs with their trials; model files stay.", [], several, (command, parsed, _) => command.Delete(parsed.GetValue(several)!));
        Add("export", "Writes runs as files that MLflow's pages show.", [folder], any, (command, parsed, query) => command.Export(parsed.GetValue(any) ?? [], query(parsed), parsed.GetValue(folder) ?? "mlruns"));

        void Add(string name, string description, Option[] options, Argument? argument, Func<RunsCommand, ParseResult, Func<ParseResult, RunQuery>, int> act)
        {
            var command = new Command(name, description);
            var experiment = OptionParsing.Text("--experiment", "Those of this experiment.", "NAME");
            var scenario = OptionParsing.Text("--scenario", "Those that learned this, such as regression.", "NAME");
            var store = RunOptions.StoreOption();
            var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");
            if (argument is not null) command.Arguments.Add(argument);
            Option[] filters = name is "list" or "best" or "export" ? [experiment, scenario] : [];
            foreach (Option option in (Option[])[.. options, .. filters, store, json]) command.Options.Add(option);
            command.SetAction(parsed => act(new RunsCommand(host, parsed.GetValue(store), parsed.GetValue(json)), parsed,
                result => new RunQuery(filters.Length > 0 ? result.GetValue(experiment) : null, filters.Length > 0 ? result.GetValue(scenario) : null)));
            runs.Subcommands.Add(command);
        }
    }
}
