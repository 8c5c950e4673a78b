using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Train;

/// <summary>What the user asked to be forecast.</summary>
internal sealed record ForecastArguments
{
    internal string? TimeColumn { get; init; }

    internal required string ValueColumn { get; init; }

    internal string? SeriesColumn { get; init; }

    internal required int Horizon { get; init; }

    internal IReadOnlyList<int>? Seasons { get; init; }

    internal IReadOnlyList<string> Covariates { get; init; } = [];

    internal CalendarFeatures Calendar { get; init; }

    internal bool IsNonNegative { get; init; }

    internal string? TimeFormat { get; init; }

    internal GapHandling Gaps { get; init; }

    internal double FillValue { get; init; }

    internal DuplicateHandling Duplicates { get; init; }

    /// <summary>The columns that a file must have.</summary>
    internal IEnumerable<string> Columns => new[] { ValueColumn, TimeColumn, SeriesColumn }.OfType<string>().Concat(Covariates);
}
