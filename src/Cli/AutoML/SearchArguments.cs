using MLPipelines.AutoML;

namespace MLPipelines.Cli.AutoML;

/// <summary>What the user said of a search.</summary>
internal sealed record SearchArguments
{
    internal required AutoMLTask Task { get; init; }

    internal string? GroupColumn { get; init; }

    internal IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    internal int? MaximumTrials { get; init; }

    internal string? Metric { get; init; }

    internal IReadOnlyList<string> Trainers { get; init; } = [];

    internal int? Folds { get; init; }

    internal int? ConcurrentTrials { get; init; }

    internal bool Blends { get; init; } = true;

    /// <summary>Where the C# program goes that makes the winner again.</summary>
    internal string? CodeFile { get; init; }

    /// <summary>Whether workers share the trials through the run store.</summary>
    internal bool IsDistributed { get; init; }
}
