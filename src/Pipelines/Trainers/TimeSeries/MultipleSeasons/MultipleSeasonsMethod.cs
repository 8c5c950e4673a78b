using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Takes all seasons of a series out, forecasts what is left with another method, and puts the last cycle of each season back; for hourly
/// data, with a day and a week.
/// </summary>
/// <remarks>
/// Bandara, Hyndman and Bergmeir, "MSTL: A Seasonal-Trend Decomposition Algorithm for Time Series with Multiple Seasonal Patterns" (2021).
/// Seasons that the series does not hold twice are left out.
/// </remarks>
/// <param name="inner">
/// The method for what is left, which has no season; by default an autoregression over 24 lags, which forecast M4's hourly series better than
/// exponential smoothing and ARIMA did.
/// </param>
public sealed class MultipleSeasonsMethod(ForecastMethod? inner = null) : ForecastMethod
{
    private readonly ForecastMethod _inner = inner ?? new SeasonalRegressionMethod { ShortLags = 24 };

    public override string Name => $"MSTL+{_inner.Name}";

    public override string? ObjectionTo(Series series) => _inner.ObjectionTo(new Series(series.Name, series.Values));

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        int[] seasons = MultipleSeasonsDecomposition.SeasonsIn(series);
        double[] adjusted = series.Values.ToArray();
        var decomposition = new MultipleSeasonsDecomposition(adjusted, seasons, environment.CancellationToken);
        foreach (double[] seasonal in decomposition.Seasonal) TensorPrimitives.Subtract<double>(adjusted, seasonal, adjusted);
        SeriesModel model = _inner.Fit(new Series(series.Name, adjusted), environment);
        return MultipleSeasonsModel.After(decomposition, model);
    }
}
