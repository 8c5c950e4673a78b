using MLPipelines.Scenarios.Charts;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Forecasting;

/// <summary>Draws series with what is forecast of them.</summary>
public static class DemandCharts
{
    /// <summary>One chart per series: the last observations, the forecast, and the interval.</summary>
    /// <param name="result">What was learned.</param>
    /// <param name="most">How many series at most, in the order of the table.</param>
    public static IEnumerable<LineChart> Of(DemandForecastingResult result, int most = 24)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Panel.Series.Zip(result.Model.Forecast()).Take(most).Select(pair => Draw(pair.First, pair.Second, result.Panel.Axis, result.Model.ConfidenceLevel));
    }

    private static LineChart Draw(PanelSeries series, PanelForecast forecast, TimeAxis axis, float level)
    {
        bool hasDates = axis.Text is { IsDate: true };
        int length = series.Values.Length, ahead = forecast.Points.Count;
        // Enough to see what repeats, and not so much that the forecast is a dot at the end.
        int shown = Math.Min(length, Math.Max(40, Math.Max(4 * ahead, 3 * series.Values.Season)));
        double[] x = [.. Enumerable.Range(length - shown, shown + ahead).Select(i => X(axis.After(series.Start, i)))];
        double[] known = series.Values.Values.Span[^shown..].ToArray(), future = x[(shown - 1)..];
        return new LineChart
        {
            Title = series.Name.Length > 0 ? series.Name : "Forecast",
            Description = $"{forecast.Model}, {ahead} steps of {axis.Step} from {forecast.Points[0].Time}",
            HasDates = hasDates,
            Width = 480,
            Height = 220,
            Bands = [new ChartBand($"{level:P0} interval", future, Joined(point => point.Lower), Joined(point => point.Upper))],
            Lines = [new ChartLine("observed", x[..shown], known), new ChartLine("forecast", future, Joined(point => point.Mean), ChartStroke.Dashed)],
        };

        double X(long time) => hasDates ? LineChart.Time(new DateTime(time)) : time;

        double[] Joined(Func<ForecastPoint, double> value) => [known[^1], .. forecast.Points.Select(value)];
    }
}
