using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Cli.Train;

/// <summary>What the user asked a training of a text generator for.</summary>
internal sealed record TextGenerationArguments
{
    internal required string Dataset { get; init; }

    internal TextSeparation Separation { get; init; }

    internal string? InitialModel { get; init; }

    internal double? TrainSeconds { get; init; }

    internal int? Epochs { get; init; }

    internal int Seed { get; init; } = 1;

    internal IReadOnlyList<string> Settings { get; init; } = [];

    internal string? Workspace { get; init; }

    internal string? Output { get; init; }

    internal Commands.RunArguments Run { get; init; } = new();

    internal bool Json { get; init; }
}
