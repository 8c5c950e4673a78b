using MLPipelines.Recommendation;

namespace MLPipelines.Cli.Train;

/// <summary>What the user said of events, and of how they are set aside.</summary>
internal sealed record RecommendationArguments
{
    internal string? UserColumn { get; init; }

    internal string? ItemColumn { get; init; }

    internal string? RatingColumn { get; init; }

    internal string? EventColumn { get; init; }

    internal string? TimeColumn { get; init; }

    internal string? TimeFormat { get; init; }

    internal bool IsImplicit { get; init; }

    internal IReadOnlyDictionary<string, float> EventWeights { get; init; } = new Dictionary<string, float>();

    internal double? HalfLifeDays { get; init; }

    internal DuplicatePairs? Duplicates { get; init; }

    internal (float Least, float Most)? RatingRange { get; init; }

    internal string? UserFeatures { get; init; }

    internal string? ItemFeatures { get; init; }

    internal EventSplitKind? SplitBy { get; init; }
}
