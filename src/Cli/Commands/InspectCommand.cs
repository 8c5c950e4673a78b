using System.CommandLine;
using MLPipelines.Cli.Inspect;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp inspect</c>.</summary>
internal static class InspectCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model file." };
        var json = OptionParsing.Flag("--json", "Writes model.json of the file as one line.");
        command.Arguments.Add(model);
        command.Options.Add(json);
        command.SetAction(parsed => new ModelInspection(host, parsed.GetValue(model)!, parsed.GetValue(json)).Run());
    }
}
