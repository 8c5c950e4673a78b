using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>
/// The power that makes the variation within seasons independent of their level (Guerrero 1993, "Time-series analysis supported by power
/// transformations"): it minimizes the coefficient of variation of deviation / level^(1 − k).
/// </summary>
internal static class GuerreroPower
{
    private const double Precision = 1e-4;
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>The power from 0 to 1; 1 where there are less than three seasons to compare.</summary>
    /// <param name="values">Positive numbers.</param>
    /// <param name="season">The length of a season; pairs are taken without.</param>
    internal static double Of(ReadOnlySpan<double> values, int season)
    {
        int length = Math.Max(2, season), count = values.Length / length;
        if (count < 3) return 1;
        double[] levels = new double[count], deviations = new double[count], ratios = new double[count];
        ReadOnlySpan<double> last = values[^(count * length)..];
        double factor = Math.Sqrt(length / (length - 1.0));
        for (int i = 0; i < count; i++)
        {
            levels[i] = TensorPrimitives.Average(last.Slice(i * length, length));
            deviations[i] = factor * TensorPrimitives.StdDev(last.Slice(i * length, length));
        }
        double low = 0, high = 1, left = high - Golden, right = Golden, atLeft = Variation(left), atRight = Variation(right);
        if (!double.IsFinite(atLeft + atRight)) return 1;
        while (high - low > Precision)
        {
            if (atLeft < atRight) (high, right, atRight, left, atLeft) = (right, left, atLeft, right - Golden * (right - low), double.NaN);
            else (low, left, atLeft, right, atRight) = (left, right, atRight, left + Golden * (high - left), double.NaN);
            if (double.IsNaN(atLeft)) atLeft = Variation(left);
            if (double.IsNaN(atRight)) atRight = Variation(right);
        }
        double between = (low + high) / 2;
        return between < 2 * Precision ? 0 : between > 1 - 2 * Precision ? 1 : between;

        double Variation(double power)
        {
            for (int i = 0; i < count; i++) ratios[i] = deviations[i] / Math.Pow(levels[i], 1 - power);
            return TensorPrimitives.StdDev<double>(ratios) / TensorPrimitives.Average<double>(ratios);
        }
    }
}
