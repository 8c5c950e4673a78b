namespace MLPipelines.Cli.Train;

/// <summary>What the user said of a table of financial lines.</summary>
internal sealed record FinancialArguments
{
    internal string? TimeColumn { get; init; }

    internal string? LineColumn { get; init; }

    internal string? AmountColumn { get; init; }

    internal string? TimeFormat { get; init; }

    internal required int Horizon { get; init; }

    internal string Identities { get; init; } = "";

    internal string? Title { get; init; }
}
