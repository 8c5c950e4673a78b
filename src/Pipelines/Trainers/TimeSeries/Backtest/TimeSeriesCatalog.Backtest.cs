using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines;

public static partial class TimeSeriesCatalog
{
    /// <summary>
    /// Measures how well a method forecasts the series of a table: it learns from the first part of each series and forecasts from several origins in the rest.
    /// Beside it stands a simple baseline, which OWA compares with.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The table.</param>
    /// <param name="method">How a series is learned.</param>
    /// <param name="options">What is forecast, and how far.</param>
    /// <param name="origins">How many origins at most; shorter series have fewer, and those too short for one are left out.</param>
    /// <param name="stride">The steps from one origin to the next; the horizon when left out.</param>
    public static ForecastingMetrics Backtest(this ForecastingCatalog catalog, IDataView data, ForecastMethod method, SeriesForecastingOptions options, int origins = 3, int? stride = null)
    {
        SeriesForecastingEstimator estimator = catalog.ForecastBy(method, options);
        return catalog.Backtest(SeriesPanel.Read(data, options.Panel, axis: null, catalog.Environment.CancellationToken), estimator, origins, stride);
    }

    /// <summary>Measures how well an estimator forecasts series that are in memory.</summary>
    public static ForecastingMetrics Backtest(this ForecastingCatalog catalog, SeriesPanel panel, SeriesForecastingEstimator estimator, int origins = 3, int? stride = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentOutOfRangeException.ThrowIfLessThan(origins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride ?? 1, 1, nameof(stride));
        return SeriesBacktest.Run(panel, estimator, origins, stride ?? estimator.Options.Horizon);
    }

    /// <summary>Whether at least one series is long enough to leave a horizon out and learn from the rest.</summary>
    internal static bool CanBacktest(this ForecastingCatalog _, SeriesPanel panel, int horizon) => SeriesBacktest.CanRun(panel, horizon);

    /// <summary>Measures a forecaster on rows after those that it has seen: it forecasts from the last of them, observes, and forecasts again.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows with the columns that it was trained on.</param>
    /// <param name="model">The forecaster; it stays as it is.</param>
    /// <param name="stride">The steps from one origin to the next.</param>
    public static ForecastingMetrics Evaluate(this ForecastingCatalog catalog, IDataView data, SeriesForecastingTransformer model, int stride = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        return SeriesBacktest.Run(model, data, stride, catalog.Environment.CancellationToken);
    }
}
