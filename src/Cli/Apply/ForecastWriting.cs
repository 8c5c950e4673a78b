using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Apply;

/// <summary>Writes what follows the last observation of each series, one series at a time: series, time, forecast and its bounds.</summary>
internal static class ForecastWriting
{
    /// <returns>The number of rows.</returns>
    internal static long Write(SeriesForecastingTransformer model, int? horizon, Stream stream, char separator, CancellationToken cancellation)
    {
        using var writer = new DelimitedWriter(stream, separator, leaveOpen: true);
        bool hasSeries = model.SeriesColumnName is not null;
        if (hasSeries) writer.WriteField("series");
        writer.WriteField("time");
        foreach (string name in ColumnNames(model)) writer.WriteField(name);
        writer.EndRow();
        long rows = 0;
        foreach (PanelForecast forecast in model.Forecast(horizon))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ForecastPoint point in forecast.Points)
            {
                if (hasSeries) writer.WriteField(forecast.Series);
                writer.WriteField(point.Time);
                writer.WriteField(Rounded(point.Mean));
                writer.WriteField(Rounded(point.Lower));
                writer.WriteField(Rounded(point.Upper));
                writer.EndRow();
                rows++;
            }
        }
        return rows;
    }

    /// <summary>forecast, lower95 and upper95, with the level in percent.</summary>
    internal static string[] ColumnNames(SeriesForecastingTransformer model)
    {
        string level = (100 * model.ConfidenceLevel).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
        return ["forecast", $"lower{level}", $"upper{level}"];
    }

    /// <summary>Nine digits: more would be noise to read.</summary>
    private static double Rounded(double value) => double.Parse(value.ToString("G9", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
