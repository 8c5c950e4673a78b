using MLPipelines.TimeSeries;

namespace MLPipelines;

/// <summary>Forecasting and anomaly detection of time series.</summary>
public static partial class TimeSeriesCatalog
{
    /// <summary>Forecasts every series of a table by a method: <c>mlContext.Forecasting.ForecastBy(new SeasonalNaiveMethod(), options)</c>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="method">How a series is learned.</param>
    /// <param name="options">What is forecast, how far, and into which columns.</param>
    public static SeriesForecastingEstimator ForecastBy(this ForecastingCatalog catalog, ForecastMethod method, SeriesForecastingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Environment, method, options);
    }

    /// <summary>Repeats the last season of each series.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column of forecasts: a vector of <paramref name="horizon"/> numbers.</param>
    /// <param name="inputColumnName">The column of observations.</param>
    /// <param name="horizon">How many steps ahead.</param>
    /// <param name="seasons">The lengths of the seasons in steps, rising; <see langword="null"/> for those that the times suggest.</param>
    /// <param name="timeColumnName">The column of times; <see langword="null"/> where the rows of a series are its steps.</param>
    /// <param name="seriesColumnName">The column that says which series a row belongs to; <see langword="null"/> for a single series.</param>
    /// <param name="confidenceLowerBoundColumn">The column of lower bounds; <see langword="null"/> for none.</param>
    /// <param name="confidenceUpperBoundColumn">The column of upper bounds; <see langword="null"/> for none.</param>
    /// <param name="confidenceLevel">The share of observations that lie between the bounds.</param>
    public static SeriesForecastingEstimator ForecastBySeasonalNaive(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(new SeasonalNaiveMethod(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>Repeats the last value of each series with its season, as the M competitions do for comparison.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator ForecastByNaive2(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(new Naive2Method(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>Exponential smoothing of each series, in the form that fits it best.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator ForecastByEts(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(new EtsMethod(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>The Theta method, its line chosen for each series.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator ForecastByTheta(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(new ThetaMethod(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>ARIMA with the orders that fit each series best.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator ForecastByArima(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(new ArimaMethod(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>Takes all the seasons of a series out, such as day and week of hourly data, forecasts the rest by its last values, and puts them back; all of it after a power that evens out the variation.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator ForecastByMultipleSeasons(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(DefaultMethods.MultipleSeasons(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>A linear regression on the last values and those of seasons ago, after a power that evens out the variation; quick, and strong on long series.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator ForecastBySeasonalRegression(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(DefaultMethods.SeasonalRegression(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>The mean of Theta, exponential smoothing, and three smoothed lines without a choice among them.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator ForecastByCombination(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(DefaultMethods.Combination(),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    /// <summary>Chooses for each series among methods, and how much of each, by how well they would have forecast before.</summary>
    /// <inheritdoc cref="ForecastBySeasonalNaive" path="/param"/>
    public static SeriesForecastingEstimator Auto(this ForecastingCatalog catalog, string outputColumnName, string inputColumnName, int horizon, IReadOnlyList<int>? seasons = null,
        string? timeColumnName = null, string? seriesColumnName = null, string? confidenceLowerBoundColumn = null, string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f) =>
        catalog.ForecastBy(DefaultMethods.Auto(horizon),
            Columns(outputColumnName, inputColumnName, horizon, seasons, timeColumnName, seriesColumnName, confidenceLowerBoundColumn, confidenceUpperBoundColumn, confidenceLevel));

    private static SeriesForecastingOptions Columns(string output, string input, int horizon, IReadOnlyList<int>? seasons, string? time, string? series, string? lower, string? upper, float level) => new()
    {
        Panel = new PanelOptions { ValueColumn = input, TimeColumn = time, SeriesColumn = series, Seasons = seasons },
        OutputColumnName = output,
        Horizon = horizon,
        ConfidenceLowerBoundColumn = lower,
        ConfidenceUpperBoundColumn = upper,
        ConfidenceLevel = level,
    };
}
