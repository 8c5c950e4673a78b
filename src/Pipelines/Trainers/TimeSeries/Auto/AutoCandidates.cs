namespace MLPipelines.TimeSeries;

/// <summary>The methods that are worth a trial on a series, the quickest first: which depends on its seasons.</summary>
internal static class AutoCandidates
{
    // Exponential smoothing learns the effects of a season this long; of longer ones the decomposition does it better.
    private const int LongestLearned = 24;

    // Orders of ARIMA with a long season take too long to search.
    private const int LongestArimaSeason = 12;

    private static readonly ForecastMethod Naive = new SeasonalNaiveMethod();
    private static readonly ForecastMethod Theta = new ThetaMethod(ThetaForm.DynamicOptimized);
    private static readonly ForecastMethod Ets = new EtsMethod();
    private static readonly ForecastMethod Arima = new ArimaMethod();

    /// <summary>The mean of three smoothed lines, by which the M competitions measured combinations.</summary>
    private static readonly ForecastMethod Smoothed = new SeasonallyAdjustedMethod("Comb", new CombinationMethod(EtsMethod.Simple, EtsMethod.Holt, EtsMethod.DampedTrend));

    private static readonly ForecastMethod[] Seasonless = [Naive, Theta, Smoothed, Ets, Arima];

    private static readonly ForecastMethod[] Decomposed =
    [
        new MultipleSeasonsMethod(new ThetaMethod(ThetaForm.Standard)),
        new BoxCoxMethod(new MultipleSeasonsMethod(new ThetaMethod(ThetaForm.Standard)), power: 0),
    ];

    private static readonly ForecastMethod[] DecomposedArima =
    [
        new MultipleSeasonsMethod(Arima),
        new BoxCoxMethod(new MultipleSeasonsMethod(Arima), power: 0),
    ];

    private static readonly ForecastMethod[] OneSeason = [Naive, Theta, .. Decomposed, Smoothed, Ets, Arima, .. DecomposedArima];

    private static readonly ForecastMethod[] OneLongSeason =
        [Naive, new OtherSeasonsMethod(Theta, _ => []), .. Decomposed, new OtherSeasonsMethod(Ets, _ => []), new OtherSeasonsMethod(Arima, _ => []), .. DecomposedArima];

    private static readonly ForecastMethod[] SeveralSeasons =
        [Naive, new OtherSeasonsMethod(Naive, seasons => [seasons[^1]]), Theta, .. Decomposed, new MultipleSeasonsMethod(Theta), .. DecomposedArima];

    /// <summary>The methods whose plain mean is good without a trial.</summary>
    internal static IReadOnlyList<ForecastMethod> Untried { get; } = [Theta, Smoothed, Ets];

    internal static IReadOnlyList<ForecastMethod> Of(Series series) => series.Seasons switch
    {
        [] => Seasonless,
        [<= LongestLearned and <= LongestArimaSeason] => OneSeason,
        [<= LongestLearned] => [.. OneSeason.Where(method => method != Arima)],
        [_] => OneLongSeason,
        _ => SeveralSeasons,
    };
}
