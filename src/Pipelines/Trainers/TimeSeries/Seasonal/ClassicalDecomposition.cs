namespace MLPipelines.TimeSeries;

/// <summary>
/// Splits a series into a trend, a season of one shape, and a rest: the trend is the centred moving average over one season, the
/// figure of the season is the mean, position by position, of what the trend leaves, shifted to mean 0 (or scaled to mean 1).
/// </summary>
public sealed class ClassicalDecomposition
{
    /// <param name="values">At least two seasons.</param>
    /// <param name="season">The length of the season, from 2 on.</param>
    /// <param name="multiplicative">Whether the values are trend × season × rest rather than their sum; the values are positive then.</param>
    /// <exception cref="ArgumentException">Less than two seasons, or values that a product cannot explain.</exception>
    public ClassicalDecomposition(ReadOnlySpan<double> values, int season, bool multiplicative)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 2);
        if (values.Length < 2 * season) throw new ArgumentException($"A decomposition needs two seasons of {season} values; it got {values.Length}.", nameof(values));
        if (multiplicative && !AllPositive(values)) throw new ArgumentException("A multiplicative decomposition needs values above 0; use an additive one.", nameof(values));
        IsMultiplicative = multiplicative;
        Trend = MovingAverage(values, season);
        Figure = FigureOf(values, Trend, season, multiplicative);
    }

    public bool IsMultiplicative { get; }

    /// <summary>The moving average; NaN for the half season at either end.</summary>
    public IReadOnlyList<double> Trend { get; }

    /// <summary>The season's figure; its first number belongs to the first value of the series.</summary>
    public IReadOnlyList<double> Figure { get; }

    /// <summary>Values without their season.</summary>
    /// <param name="values">Values of the series, from its first on.</param>
    public double[] Adjust(ReadOnlySpan<double> values)
    {
        double[] adjusted = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double figure = Figure[i % Figure.Count];
            adjusted[i] = IsMultiplicative ? values[i] / figure : values[i] - figure;
        }
        return adjusted;
    }

    internal static bool AllPositive(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (value <= 0) return false;
        return true;
    }

    private static double[] MovingAverage(ReadOnlySpan<double> values, int season)
    {
        double[] trend = new double[values.Length];
        Array.Fill(trend, double.NaN);
        int half = season / 2;
        for (int i = half; i < values.Length - half; i++)
        {
            double sum = 0;
            foreach (double value in values[(i - half)..(i + half + 1)]) sum += value;
            // An even season has no middle: its two ends count half each.
            if (season % 2 == 0) sum -= (values[i - half] + values[i + half]) / 2;
            trend[i] = sum / season;
        }
        return trend;
    }

    private static double[] FigureOf(ReadOnlySpan<double> values, IReadOnlyList<double> trend, int season, bool multiplicative)
    {
        double[] figure = new double[season];
        for (int position = 0; position < season; position++)
        {
            double sum = 0;
            int count = 0;
            for (int i = position; i < values.Length; i += season)
            {
                if (double.IsNaN(trend[i])) continue;
                sum += multiplicative ? values[i] / trend[i] : values[i] - trend[i];
                count++;
            }
            figure[position] = sum / count;
        }
        double mean = figure.Average();
        for (int i = 0; i < season; i++) figure[i] = multiplicative ? figure[i] / mean : figure[i] - mean;
        return figure;
    }
}
