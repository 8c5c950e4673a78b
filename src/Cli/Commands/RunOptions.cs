using System.CommandLine;

namespace MLPipelines.Cli.Commands;

/// <summary>The options that say where runs are recorded, and under what name.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _store = StoreOption();

    private readonly Option<string> _experiment = OptionParsing.Text("--experiment", "Under which name runs that can be compared are recorded together. Default: DATASET-LABEL", "NAME");

    internal static Option<string> StoreOption() =>
        OptionParsing.Text("--store", "Where runs are recorded: a file, or postgres://USER@HOST/DATABASE; none for nowhere. Default: MLPIPELINES_RUNS, or a file in your data folder.", "STORE");

    internal void AddTo(Command command)
    {
        command.Options.Add(_experiment);
        command.Options.Add(_store);
    }

    internal RunArguments Get(ParseResult parsed) => new(parsed.GetValue(_store), parsed.GetValue(_experiment));
}

/// <summary>Where a run is recorded.</summary>
/// <param name="Store">The place; <see langword="null"/> for the usual one.</param>
/// <param name="Experiment">The name that it shares with others; <see langword="null"/> for one after data and label.</param>
internal sealed record RunArguments(string? Store = null, string? Experiment = null);
