using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLPipelines.Cli.Commands;

/// <summary>Says in words what is wrong with a command line.</summary>
internal static class ParseProblems
{
    internal static string Describe(ParseResult parsed)
    {
        CommandResult at = parsed.CommandResult;
        var commands = new Stack<string>();
        for (SymbolResult? result = at; result is CommandResult command; result = result.Parent)
            commands.Push(command.Parent is null ? "mlp" : command.Command.Name);
        string help = $" See '{string.Join(' ', commands)} --help'.";

        // A command that does something itself needs none of those beneath it.
        bool needsCommand = at.Command is { Subcommands.Count: > 0, Action: null };
        foreach (string token in parsed.UnmatchedTokens)
        {
            if (token.StartsWith('-'))
                return $"There is no option {token}.{NearNames.Hint(token, at.Command.Options.SelectMany(option => option.Aliases.Append(option.Name)))}{help}";
            if (needsCommand)
            {
                string[] names = [.. at.Command.Subcommands.Select(command => command.Name)];
                return $"There is no '{token}' in '{string.Join(' ', commands)}': expected {string.Join(", ", names)}.{NearNames.Hint(token, names)}{help}";
            }
            return $"'{token}' is not expected here. A value with spaces needs quotes.{help}";
        }
        if (needsCommand)
            return $"Say what to do: {string.Join(' ', commands)} {string.Join(" | ", at.Command.Subcommands.Select(command => command.Name))}.{help}";
        return string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct()) + help;
    }
}
