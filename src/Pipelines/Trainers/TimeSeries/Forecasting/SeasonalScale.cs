namespace MLPipelines.TimeSeries;

/// <summary>The scale of errors of a series: what repeating the value of a season before is wrong by, on average, within the series (Hyndman and Koehler 2006).</summary>
internal static class SeasonalScale
{
    /// <returns>0 where the series repeats itself, or has a single value.</returns>
    internal static double Of(Series series)
    {
        ReadOnlySpan<double> values = series.Values.Span;
        int season = values.Length > series.Season ? series.Season : 1;
        double sum = 0;
        for (int i = season; i < values.Length; i++) sum += Math.Abs(values[i] - values[i - season]);
        return values.Length > season ? sum / (values.Length - season) : 0;
    }
}
