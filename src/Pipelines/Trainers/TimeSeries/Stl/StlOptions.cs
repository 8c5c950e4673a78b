namespace MLPipelines.TimeSeries;

/// <summary>How a series is decomposed by <see cref="Stl"/>; the defaults are those of R's <c>stl</c>.</summary>
/// <param name="Season">The length of the season in steps; from 2 on.</param>
internal sealed record StlOptions(int Season)
{
    /// <summary>How many seasons the same step of the season is smoothed over, an odd number from 3 on; 0 when the season never changes.</summary>
    internal int SeasonWindow { get; init; }

    /// <summary>How many steps the trend is smoothed over, an odd number; 0 for what keeps it and the season apart.</summary>
    internal int TrendWindow { get; init; }

    /// <summary>How often points far off the curve lose weight; 0 for never, and 15 in R.</summary>
    internal int RobustIterations { get; init; }

    /// <summary>The window of the same step of the season, for a series of a length.</summary>
    internal int SeasonWindowFor(int length) => SeasonWindow == 0 ? 10 * length + 1 : Odd(SeasonWindow);

    internal int TrendWindowFor(int length) =>
        TrendWindow == 0 ? Odd((int)Math.Ceiling(1.5 * Season / (1 - 1.5 / SeasonWindowFor(length)))) : Odd(TrendWindow);

    internal int LowPassWindow => Odd(Season);

    private static int Odd(int window) => Math.Max(3, window | 1);
}
