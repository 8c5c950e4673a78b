using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Forecasting;

/// <summary>Learns to forecast the series of a table, such as the sales of products in shops.</summary>
public sealed class DemandForecastingTrainer
{
    private readonly MLContext _context;
    private readonly DemandForecastingOptions _options;

    /// <exception cref="ArgumentException">An option is out of its range, or there is no method of that name.</exception>
    public DemandForecastingTrainer(MLContext context, DemandForecastingOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        (_context, _options) = (context, options);
        Estimator(limit: null);
    }

    /// <summary>Learns from all rows.</summary>
    /// <exception cref="MLPipelinesException">The series are not regular; the message says where, and what can be done.</exception>
    public DemandForecastingResult Train(IDataView data)
    {
        SeriesPanel panel = SeriesPanel.Read(data, _options.Panel);
        // Measuring learns the same again, on a little less.
        TimeSpan? limit = _options.TimeLimit / 2;
        SeriesForecastingTransformer model = Estimator(limit).Fit(panel);
        return new DemandForecastingResult(model, panel, () => _context.Forecasting.CanBacktest(panel, _options.Horizon)
            ? _context.Forecasting.Backtest(panel, Estimator(limit), _options.BacktestOrigins, _options.BacktestStride) : null);
    }

    private SeriesForecastingEstimator Estimator(TimeSpan? limit)
    {
        ForecastMethod method = DemandMethods.Create(_options.Method, _options.Horizon);
        return _context.Forecasting.ForecastBy(limit is { } time ? new TimeLimitedMethod(method, time) : method, new SeriesForecastingOptions
        {
            Panel = _options.Panel,
            Horizon = _options.Horizon,
            OutputColumnName = "Forecast",
            ConfidenceLowerBoundColumn = "Lower",
            ConfidenceUpperBoundColumn = "Upper",
            ConfidenceLevel = _options.ConfidenceLevel,
            Calendar = _options.Calendar,
            IsNonNegative = _options.IsNonNegative,
        });
    }
}
