using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>How often a series is to be differenced until it is stationary.</summary>
internal static class Differencing
{
    // Of the distribution of the test under stationarity about a level, at 5 % (Kwiatkowski, Phillips, Schmidt and Shin 1992, table 1).
    private const double CriticalLevel = 0.463;

    // Above it differences forecast better (Wang, Smith and Hyndman 2006; as in R's nsdiffs).
    private const double StrongSeason = 0.64;

    // Of the season in seasons, as in R's mstl.
    private const int SeasonWindow = 11;

    internal static bool IsConstant(ReadOnlySpan<double> values) => values.Length == 0 || !values.ContainsAnyExcept(values[0]);

    internal static double[] Difference(ReadOnlySpan<double> values, int step)
    {
        double[] differences = new double[Math.Max(0, values.Length - step)];
        if (differences.Length > 0) TensorPrimitives.Subtract(values[step..], values[..^step], differences);
        return differences;
    }

    /// <summary>How many differences, at most two, the values need until the test of stationarity passes.</summary>
    internal static int Needed(ReadOnlySpan<double> values)
    {
        for (int d = 0; d < 2; d++)
        {
            if (IsConstant(values) || StationarityStatistic(values) <= CriticalLevel) return d;
            values = Difference(values, 1);
        }
        return 2;
    }

    /// <summary>The statistic of Kwiatkowski and others for a level: the squared sums of the residuals, by their long-run variance.</summary>
    internal static double StationarityStatistic(ReadOnlySpan<double> values)
    {
        int n = values.Length, lags = (int)(3 * Math.Sqrt(n) / 13);
        double[] residuals = new double[n];
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum(values) / n, residuals);
        double sum = 0, squares = 0;
        foreach (double residual in residuals)
        {
            sum += residual;
            squares += sum * sum;
        }
        double variance = TensorPrimitives.SumOfSquares<double>(residuals);
        for (int lag = 1; lag <= lags; lag++)
            variance += 2 * (1 - lag / (lags + 1.0)) * TensorPrimitives.Dot<double>(residuals.AsSpan(lag), residuals.AsSpan(0, n - lag));
        return squares / n / variance;
    }

    /// <summary>Whether the season is so strong that differences from the season before are to be taken.</summary>
    internal static bool IsSeasonNeeded(ReadOnlySpan<double> values, int season) =>
        season > 1 && values.Length > 2 * season && !IsConstant(values) && StrengthOfSeason(values, season) > StrongSeason;

    /// <summary>The share of the variance of season and remainder together that the remainder does not explain; from 0 to 1.</summary>
    internal static double StrengthOfSeason(ReadOnlySpan<double> values, int season)
    {
        double[] seasonal = new double[values.Length], trend = new double[values.Length], remainder = new double[values.Length];
        new Stl(values.Length, new StlOptions(season) { SeasonWindow = SeasonWindow }).Decompose(values, seasonal, trend, remainder);
        double left = TensorPrimitives.StdDev<double>(remainder);
        TensorPrimitives.Add<double>(seasonal, remainder, seasonal);
        double whole = TensorPrimitives.StdDev<double>(seasonal);
        return whole > 0 ? Math.Clamp(1 - left * left / (whole * whole), 0, 1) : 0;
    }
}
