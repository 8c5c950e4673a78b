using MLPipelines.Cli.Input;

namespace MLPipelines.Cli.Train;

/// <summary>What the user asked to be watched.</summary>
internal sealed record AnomalyDetectionArguments
{
    internal required string Dataset { get; init; }

    internal required string ValueColumn { get; init; }

    internal string? TimeColumn { get; init; }

    internal InputFormat Format { get; init; } = new();

    internal int? Season { get; init; }

    internal double Confidence { get; init; }

    internal string? Output { get; init; }

    internal string? ReportFile { get; init; }

    internal Commands.RunArguments Run { get; init; } = new();

    internal bool Json { get; init; }
}
