using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Forecasting;

/// <summary>A forecaster that learned from the whole table.</summary>
/// <param name="Model">Forecasts every series; its <see cref="SeriesForecastingTransformer.Series"/> says how each was learned.</param>
/// <param name="Panel">The series as they were read.</param>
public sealed record DemandForecastingResult(SeriesForecastingTransformer Model, SeriesPanel Panel)
{
    private readonly Func<ForecastingMetrics?> _backtest = () => null;

    internal DemandForecastingResult(SeriesForecastingTransformer model, SeriesPanel panel, Func<ForecastingMetrics?> backtest) : this(model, panel) => _backtest = backtest;

    /// <summary>
    /// Measures the method from origins in the past: models that did not see what they are measured on. It takes about as long as the training.
    /// </summary>
    /// <returns><see langword="null"/> where every series is too short to leave a horizon out.</returns>
    public ForecastingMetrics? Backtest() => _backtest();
}
