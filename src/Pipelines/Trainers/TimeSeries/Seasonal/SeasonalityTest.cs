namespace MLPipelines.TimeSeries;

/// <summary>
/// The test of the M competitions for a season: its autocorrelation is further from 0 than 1.645 standard errors, which Bartlett's formula
/// makes of the autocorrelations at shorter lags (90 %, two-sided).
/// </summary>
public static class SeasonalityTest
{
    private const double CriticalValue = 1.645;

    /// <summary>Whether a series has a season of its own shape.</summary>
    /// <param name="values">Less than three seasons are not enough to tell: no.</param>
    /// <param name="season">The length of the season; no for 1.</param>
    public static bool IsSeasonal(ReadOnlySpan<double> values, int season)
    {
        if (season < 2 || values.Length < 3 * season) return false;
        double mean = 0;
        foreach (double value in values) mean += value;
        mean /= values.Length;
        double variance = Autocovariance(values, mean, 0);
        if (variance == 0) return false;
        double squares = 0;
        for (int lag = 1; lag < season; lag++)
        {
            double correlation = Autocovariance(values, mean, lag) / variance;
            squares += correlation * correlation;
        }
        return Math.Abs(Autocovariance(values, mean, season) / variance) > CriticalValue * Math.Sqrt((1 + (2 * squares)) / values.Length);
    }

    private static double Autocovariance(ReadOnlySpan<double> values, double mean, int lag)
    {
        double sum = 0;
        for (int i = lag; i < values.Length; i++) sum += (values[i] - mean) * (values[i - lag] - mean);
        return sum;
    }
}
