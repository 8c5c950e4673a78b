namespace MLPipelines.TimeSeries;

/// <summary>What the named methods are made of, where the user does not say.</summary>
internal static class DefaultMethods
{
    /// <summary>The mean of methods that need no trial: what <see cref="AutoForecastMethod"/> gives to series that are too short for one.</summary>
    internal static ForecastMethod Combination() => new CombinationMethod(AutoCandidates.Untried);

    /// <param name="horizon">How many steps ahead the choice has to be good.</param>
    internal static ForecastMethod Auto(int horizon) => new AutoForecastMethod(new AutoForecastOptions { Horizon = horizon });

    internal static ForecastMethod MultipleSeasons() => new BoxCoxMethod(new MultipleSeasonsMethod());

    internal static ForecastMethod SeasonalRegression() => new BoxCoxMethod(new SeasonalRegressionMethod());
}
