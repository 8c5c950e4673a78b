using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>
/// A linear regression of each value on the last values, and on those around whole seasons before; forecasts go on from forecasts. It is
/// strong on long series with several seasons, such as hourly ones, and costs milliseconds.
/// </summary>
/// <remarks>
/// Lags are the last <see cref="ShortLags"/>, and each season's multiples with their neighbours: for hours with a day and a week 1, 2, 3, 23, 24,
/// 25, 47, 48, 49, …, 167, 168, 169, 335, 336, 337, as far as half of the series reaches. The coefficients minimize the squared error plus a
/// penalty on their distance from a mixture of the last value and the seasons before (ridge regression, Hoerl and Kennard 1970), and the
/// penalty minimizes the leave-one-out error (Allen's PRESS, 1974), which has a closed form.
/// </remarks>
public sealed class SeasonalRegressionMethod : ForecastMethod
{
    private const int RowsPerLag = 2;
    private const int UntoldSeasons = 6;

    /// <summary>How many of the last values count; from 1 on.</summary>
    public int ShortLags { get; init; } = 3;

    /// <summary>How many steps beside a whole season count on either side.</summary>
    public int Neighbours { get; init; } = 1;

    /// <summary>How many of the longest seasons back count.</summary>
    public int Cycles { get; init; } = 1;

    public override string Name => "SeasonalRegression";

    public override string? ObjectionTo(Series series)
    {
        int[] lags = LagsFor(series);
        int needed = LeastLength(lags);
        return series.Length >= needed ? null : $"it has {series.Length} values, and {needed} are needed";
    }

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        environment.CancellationToken.ThrowIfCancellationRequested();
        int[] lags = LagsFor(series);
        double[] prior = PriorFor(lags, series.Seasons);
        ReadOnlySpan<double> values = series.Values.Span;
        int season = Math.Max(series.Season, ShortLags), untold = Math.Min(UntoldSeasons * season, values.Length - LeastLength(lags));
        double factor = untold > 0 ? ErrorsUntold(Learn(values[..^untold], lags, prior, 1), values, untold, season) : 1;
        return Learn(values, lags, prior, Math.Max(1, factor));
    }

    private static int LeastLength(int[] lags) => lags[^1] + (RowsPerLag * (lags.Length + 1));

    private static SeasonalRegressionModel Learn(ReadOnlySpan<double> values, int[] lags, double[] prior, double factor)
    {
        double mean = TensorPrimitives.Average(values), scale = TensorPrimitives.StdDev(values), least = TensorPrimitives.Min(values), range = TensorPrimitives.Max(values) - least;
        if (!(scale > 0)) (mean, scale) = (values[0], 1);
        double[] scaled = new double[values.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = (values[i] - mean) / scale;
        var ridge = new LaggedRidge(scaled, lags, prior);
        double constant = mean * (1 - TensorPrimitives.Sum<double>(ridge.Weights)) + scale * ridge.Constant;
        return new(lags, ridge.Weights, constant, factor * scale * ridge.Deviation, least - range, least + 2 * range, StateAfter(values, lags[^1]));
    }

    private static double[] StateAfter(ReadOnlySpan<double> values, int reach)
    {
        double[] state = new double[reach];
        for (int i = 0; i < reach; i++) state[i] = values[^(i + 1)];
        return state;
    }

    /// <summary>
    /// How large errors are up to two seasons ahead on values that were not learned from, in deviations that the equation says: those of
    /// real series last longer.
    /// </summary>
    private static double ErrorsUntold(SeasonalRegressionModel model, ReadOnlySpan<double> values, int untold, int season)
    {
        double[] mean = new double[Math.Min(untold, 2 * season)], deviation = new double[mean.Length];
        double sum = 0;
        int count = 0;
        for (int origin = values.Length - untold; origin + mean.Length <= values.Length; origin += Math.Max(1, season / 2))
        {
            model.Forecast(StateAfter(values[..origin], model.State.Length), mean, deviation);
            for (int i = 0; i < mean.Length; i++)
            {
                if (!(deviation[i] > 0)) continue;
                double error = (values[origin + i] - mean[i]) / deviation[i];
                sum += error * error;
                count++;
            }
        }
        return count == 0 ? 1 : Math.Sqrt(sum / count);
    }

    private int[] LagsFor(Series series)
    {
        var lags = new SortedSet<int>(Enumerable.Range(1, Math.Max(1, ShortLags)));
        for (int i = 0; i < series.Seasons.Count; i++)
        {
            int season = series.Seasons[i], multiples = i + 1 < series.Seasons.Count ? series.Seasons[i + 1] / season : Cycles;
            for (int multiple = 1; multiple <= multiples; multiple++)
                for (int beside = -Neighbours; beside <= Neighbours; beside++)
                    if (multiple * season + beside is > 0 and var lag && lag <= series.Length / 2) lags.Add(lag);
        }
        return [.. lags];
    }

    /// <summary>What the coefficients are drawn to: half of the last value, and half of the mean of the seasons before.</summary>
    private static double[] PriorFor(int[] lags, IReadOnlyList<int> seasons)
    {
        double[] prior = new double[lags.Length];
        int[] held = [.. seasons.Where(season => Array.IndexOf(lags, season) >= 0)];
        prior[0] = held.Length == 0 ? 1 : 0.5;
        foreach (int season in held) prior[Array.IndexOf(lags, season)] += 0.5 / held.Length;
        return prior;
    }
}
