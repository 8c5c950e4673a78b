namespace MLPipelines.TimeSeries;

/// <summary>
/// ARIMA models, with a season where the series has one. Unless orders are given, differences are chosen by a test of stationarity and the
/// strength of the season, and orders by a search for the lowest corrected Akaike criterion.
/// </summary>
/// <remarks>
/// Hyndman and Khandakar, "Automatic Time Series Forecasting: The forecast Package for R" (2008). The exact Gaussian likelihood is maximized; where seasons are longer
/// than 24 steps or series longer than 2,000 values, conditional sums of squares are minimized. Of several seasons the shortest counts.
/// Forecasts are means, and their deviations those of the errors to come; the uncertainty of the coefficients is not in them.
/// </remarks>
/// <param name="orders">The form; <see langword="null"/> to choose it for each series.</param>
public sealed class ArimaMethod(ArimaOrders? orders = null) : ForecastMethod
{
    private const int LongestExactSeason = 24;
    private const int LongestExactSeries = 2000;

    // Up to these the search compares exact likelihoods, as R's auto.arima does.
    private const int LongestExactSearchSeason = 12;
    private const int LongestExactSearchSeries = 150;

    public override string Name => "ARIMA";

    public override string? ObjectionTo(Series series)
    {
        if (series.Length == 0) return "it has no values";
        if (orders is null) return null;
        if (orders.IsSeasonal && series.Season == 1) return $"it has no season, and {orders.ToText(1)} needs one";
        if (orders.HasConstant && orders.DifferenceCount > 1) return $"the constant of {orders.ToText(series.Season)} would vanish: only one difference leaves a drift";
        int needed = orders.Lost(series.Season) + orders.ParameterCount + 1;
        return series.Length < needed ? $"it has {series.Length} values, and {orders.ToText(series.Season)} needs {needed}" : null;
    }

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        ReadOnlySpan<double> values = series.Values.Span;
        int season = series.Season;
        ArimaOrders form = orders ?? DifferencesFor(values, season);
        double[] differences = values.ToArray();
        for (int i = 0; i < form.SeasonalDifferences; i++) differences = Differencing.Difference(differences, season);
        for (int i = 0; i < form.Differences; i++) differences = Differencing.Difference(differences, 1);
        var estimator = new ArimaEstimator(differences, season);
        bool isExact = season <= LongestExactSeason && values.Length <= LongestExactSeries;
        ArimaEstimate estimate = (orders is null ? Search() : null) ?? estimator.Estimate(form, isExact, environment.CancellationToken);
        double[] state = [.. estimate.State, .. new double[form.Lost(season)]];
        for (int i = estimate.State.Length; i < state.Length; i++) state[i] = values[^(i - estimate.State.Length + 1)];
        return new ArimaModel(estimate.Orders, season, estimate.Coefficients, estimate.Mean, estimate.Variance, estimate.Gain, state);

        ArimaEstimate? Search()
        {
            if (Differencing.IsConstant(differences)) return null;
            bool isExactSearch = isExact && season <= LongestExactSearchSeason && differences.Length + form.Lost(season) <= LongestExactSearchSeries;
            var found = new ArimaSearch(estimator, series.Length, season, isExactSearch, form.HasConstant, environment.CancellationToken).Run(form with { HasConstant = false });
            if (isExactSearch || !isExact) return found.FirstOrDefault();
            return found.Select(estimate => estimator.Estimate(estimate.Orders, true, environment.CancellationToken)).FirstOrDefault(estimate => estimate.IsSound(season));
        }
    }

    /// <summary>The differences that a series needs, and a constant where they leave room for one.</summary>
    private static ArimaOrders DifferencesFor(ReadOnlySpan<double> values, int season)
    {
        int seasonal = Differencing.IsSeasonNeeded(values, season) ? 1 : 0;
        int steps = Differencing.Needed(seasonal == 0 ? values : Differencing.Difference(values, season));
        return new(0, steps, 0, 0, seasonal, 0, steps + seasonal <= 1);
    }
}
