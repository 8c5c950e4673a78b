namespace MLPipelines.TimeSeries;

/// <summary>What the combination is made of, and what the automatic choice is among, where the user does not say.</summary>
internal static class DefaultMethods
{
    internal static ForecastMethod Combination() => new CombinationMethod(EtsMethod.Simple, EtsMethod.Holt, EtsMethod.DampedTrend);

    /// <param name="horizon">How many steps ahead the choice has to be good.</param>
    internal static ForecastMethod Auto(int horizon) => new AutoForecastMethod(new AutoForecastOptions
    {
        Horizon = horizon,
        Candidates = [new SeasonalNaiveMethod(), new ThetaMethod(), new EtsMethod(), new MultipleSeasonsMethod(new EtsMethod())],
    });
}
