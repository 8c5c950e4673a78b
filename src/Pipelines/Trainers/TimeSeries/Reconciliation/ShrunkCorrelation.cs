namespace MLPipelines.TimeSeries;

/// <summary>
/// Correlations of errors, estimated from few periods: those seen, pulled towards 0 by as much as they are uncertain (Schäfer and Strimmer 2005, "A
/// Shrinkage Approach to Large-Scale Covariance Matrix Estimation"). λ = Σ Var(r) / Σ r², over all pairs, at most 1.
/// </summary>
internal static class ShrunkCorrelation
{
    // Errors that keep an identity exactly would leave no room to move forecasts that do not.
    private const double Most = 0.99;

    /// <summary>No correlation: every series for itself.</summary>
    internal static double[,] None(int series)
    {
        double[,] identity = new double[series, series];
        for (int i = 0; i < series; i++) identity[i, i] = 1;
        return identity;
    }

    /// <param name="errors">The errors of each series, in the same periods; their mean counts as 0, as that of a forecast should be.</param>
    internal static double[,] Of(double[][] errors)
    {
        int series = errors.Length, periods = series == 0 ? 0 : errors[0].Length;
        double[,] correlation = None(series);
        if (periods < 3) return correlation;
        double[][] standard = [.. errors.Select(Standardized)];
        double uncertain = 0, squares = 0;
        for (int i = 0; i < series; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double mean = 0, spread = 0;
                for (int t = 0; t < periods; t++) mean += standard[i][t] * standard[j][t] / periods;
                for (int t = 0; t < periods; t++) spread += Math.Pow((standard[i][t] * standard[j][t]) - mean, 2);
                correlation[i, j] = correlation[j, i] = mean;
                uncertain += spread / (periods * (periods - 1.0));
                squares += mean * mean;
            }
        }
        double kept = squares > 0 ? Math.Clamp(1 - (uncertain / squares), 0, Most) : 0;
        for (int i = 0; i < series; i++)
            for (int j = 0; j < series; j++) if (i != j) correlation[i, j] *= kept;
        return correlation;
    }

    private static double[] Standardized(double[] errors)
    {
        double deviation = Math.Sqrt(errors.Sum(error => error * error) / errors.Length);
        return [.. errors.Select(error => deviation > 0 ? error / deviation : 0)];
    }
}
