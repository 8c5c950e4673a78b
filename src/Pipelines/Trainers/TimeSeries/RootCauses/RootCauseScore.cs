namespace MLPipelines.TimeSeries;

/// <summary>How strong a cause of an anomaly a point is: its surprise and its explanatory power (Bhagwan et al. 2014, "Adtributor", equations 3 and 4).</summary>
internal static class RootCauseScore
{
    /// <param name="point">The cause.</param>
    /// <param name="anomaly">The anomaly.</param>
    /// <param name="beta">The weight of surprise; the rest is that of explanatory power.</param>
    internal static double Of(TimeSeriesPoint point, TimeSeriesPoint anomaly, double beta)
    {
        double change = anomaly.Value - anomaly.ExpectedValue;
        double power = change == 0 ? 0 : Math.Abs((point.Value - point.ExpectedValue) / change);
        if (power == 0) return 0;
        double expected = Share(point.ExpectedValue, anomaly.ExpectedValue), actual = Share(point.Value, anomaly.Value);
        double surprise = Grow((Divergence(expected, actual) + Divergence(actual, expected)) / 2);
        // Shares of sums with negative parts may have no logarithm: that is most surprising.
        return beta * (double.IsNaN(surprise) ? 1 : surprise) + (1 - beta) * Grow(power);
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private static double Divergence(double share, double other) => share == 0 ? 0 : share * Math.Log2(2 * share / (share + other));

    private static double Grow(double amount) => 1 - Math.Pow(2, -amount);
}
