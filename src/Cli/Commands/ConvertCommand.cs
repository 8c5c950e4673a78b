using System.CommandLine;
using MLPipelines.Cli.Conversion;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp convert</c>.</summary>
internal static class ConvertCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var source = new Argument<string>("old.zip") { Description = "A model file that ML.NET saved." };
        var target = new Argument<string>("new.zip") { Description = "Where the model is written; an existing file is replaced." };
        command.Arguments.Add(source);
        command.Arguments.Add(target);
        command.SetAction(parsed => new ModelConversion(host, parsed.GetValue(source)!, parsed.GetValue(target)!).Run());
    }
}
