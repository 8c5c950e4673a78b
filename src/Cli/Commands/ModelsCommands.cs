using System.CommandLine;
using MLPipelines.Cli.Models;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp models</c>: the weights that are kept on this machine.</summary>
internal static class ModelsCommands
{
    internal static void Build(Command models, CommandHost host)
    {
        var name = new Argument<string>("name") { Description = "What the model is called: small letters, digits, dots, hyphens and underscores." };
        var names = new Argument<string[]>("names") { Description = "What the models are called.", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string[]>("--from") { Description = "A file, a folder, or an address of a file; archives are unpacked. Several give the weights and the tokenizer's files one by one.", HelpName = "FILE|DIR|URL", Required = true };
        var sha256 = new Option<string[]>("--sha256") { Description = "What the SHA-256 of each file is to be, in the order of --from.", HelpName = "HEX" };

        Command add = Add("add", "Takes a model into the cache; a download that broke off goes on where it was.", name);
        add.Options.Add(from);
        add.Options.Add(sha256);
        Act(add, (command, parsed) => command.Add(parsed.GetValue(name)!, parsed.GetValue(from)!, parsed.GetValue(sha256) ?? []));
        Act(Add("list", "Lists the models of the cache."), (command, _) => command.List());
        Act(Add("remove", "Deletes models from the cache.", names), (command, parsed) => command.Remove(parsed.GetValue(names)!));

        Command Add(string verb, string description, Argument? argument = null)
        {
            var command = new Command(verb, description);
            if (argument is not null) command.Arguments.Add(argument);
            models.Subcommands.Add(command);
            return command;
        }

        void Act(Command command, Func<ModelsCommand, ParseResult, int> act)
        {
            var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");
            command.Options.Add(json);
            command.SetAction(parsed => act(new ModelsCommand(host, parsed.GetValue(json)), parsed));
        }
    }
}
