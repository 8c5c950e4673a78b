namespace MLPipelines.Data;

/// <summary>Which quantiles of the values on samples bound a confidence interval.</summary>
internal static class BootstrapBounds
{
    /// <summary>The quantile of sorted values, interpolated between neighbours.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    internal static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    /// <summary>
    /// The shares Φ(z + (z + zα) / (1 − a (z + zα))) for both bounds. The bias z is the normal quantile of the share of values
    /// below that of the data, of equal ones half; the acceleration a = Σ d³ / (6 (Σ d²)^1.5), with d how far the value without a
    /// row is below their mean.
    /// </summary>
    /// <param name="sorted">The values on samples.</param>
    /// <param name="value">That of the data.</param>
    /// <param name="leftOut">The values without each row.</param>
    /// <param name="alpha">The share beyond each bound.</param>
    internal static (double Lower, double Upper) Corrected(double[] sorted, double value, double[] leftOut, double alpha)
    {
        double below = (sorted.Count(v => v < value) + 0.5 * sorted.Count(v => v == value)) / sorted.Length;
        // All samples on one side of the data have no finite bias: half a sample is taken to be on the other.
        double bias = NormalDistribution.Quantile(Math.Clamp(below, 0.5 / sorted.Length, 1 - 0.5 / sorted.Length));
        double[] known = [.. leftOut.Where(v => !double.IsNaN(v))];
        double mean = known.Length > 0 ? known.Average() : 0, squares = known.Sum(v => (mean - v) * (mean - v));
        double acceleration = squares > 0 ? known.Sum(v => Math.Pow(mean - v, 3)) / (6 * Math.Pow(squares, 1.5)) : 0;
        return (Share(NormalDistribution.Quantile(alpha)), Share(NormalDistribution.Quantile(1 - alpha)));

        double Share(double z) => NormalDistribution.Cumulative(bias + (bias + z) / (1 - acceleration * (bias + z)));
    }
}
