namespace MLPipelines.TimeSeries;

/// <summary>
/// The methods that are worth a trial on a series, which depends on its seasons. They were chosen on the competitions' series without
/// their last values; ARIMA with a season is not among them, since it took ten times as long as all the others and changed little.
/// </summary>
internal static class AutoCandidates
{
    // Exponential smoothing learns the effects of a season this long; of longer ones the decomposition does it better.
    private const int LongestLearned = 24;

    private static readonly ForecastMethod Naive = new SeasonalNaiveMethod();
    private static readonly ForecastMethod Theta = new ThetaMethod(ThetaForm.DynamicOptimized);
    private static readonly ForecastMethod Ets = new EtsMethod();

    /// <summary>The mean of three smoothed lines, by which the M competitions measured combinations.</summary>
    private static readonly ForecastMethod Smoothed = new SeasonallyAdjustedMethod("Comb", new CombinationMethod(EtsMethod.Simple, EtsMethod.Holt, EtsMethod.DampedTrend));

    private static readonly ForecastMethod Decomposed = new MultipleSeasonsMethod(new ThetaMethod(ThetaForm.Standard));

    /// <summary>The methods that know how to deal with any number of seasons.</summary>
    private static readonly ForecastMethod[] AnySeasons =
    [
        Decomposed,
        new BoxCoxMethod(Decomposed, power: 0),
        new BoxCoxMethod(new SeasonalRegressionMethod()),
        new BoxCoxMethod(new MultipleSeasonsMethod()),
    ];

    private static readonly ForecastMethod[] NoSeason = [Naive, Theta, Smoothed, Ets, new ArimaMethod(), new BoxCoxMethod(new SeasonalRegressionMethod())];

    private static readonly ForecastMethod[] ShortSeason = [Naive, Theta, Smoothed, Ets, .. AnySeasons];

    private static readonly ForecastMethod[] LongSeason = [Naive, new OtherSeasonsMethod(Theta, _ => []), new OtherSeasonsMethod(Ets, _ => []), .. AnySeasons];

    private static readonly ForecastMethod[] SeveralSeasons = [Naive, new OtherSeasonsMethod(Naive, seasons => [seasons[^1]]), Theta, .. AnySeasons];

    /// <summary>The methods whose plain mean is good without a trial.</summary>
    internal static IReadOnlyList<ForecastMethod> Untried { get; } = [Theta, Smoothed, Ets];

    internal static IReadOnlyList<ForecastMethod> Of(Series series) => series.Seasons switch
    {
        [] => NoSeason,
        [<= LongestLearned] => ShortSeason,
        [_] => LongSeason,
        _ => SeveralSeasons,
    };
}
