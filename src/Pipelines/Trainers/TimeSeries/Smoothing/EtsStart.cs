namespace MLPipelines.TimeSeries;

/// <summary>Where the states of a fit start: the season's figure from a classical decomposition, level and slope from a line through the first values without it.</summary>
/// <param name="Level">Before the first step.</param>
/// <param name="Slope">A difference, or a rate with a multiplicative trend.</param>
/// <param name="Error">About the size of errors, above 0: the root mean square of the differences between those values.</param>
/// <param name="Seasons">The effects of the season, those of the first step first; empty without a season.</param>
internal sealed record EtsStart(double Level, double Slope, double Error, double[] Seasons)
{
    // Below this share of the level a season's effect is as good as none.
    private const double LeastEffect = 0.01;

    internal static EtsStart Of(ReadOnlySpan<double> values, int season, EtsComponent trend, EtsComponent seasonForm)
    {
        int used = Math.Min(values.Length, seasonForm == EtsComponent.None ? 10 : Math.Max(10, 2 * season));
        if (seasonForm == EtsComponent.None) return WithoutSeason(values[..used], trend);
        bool multiplicative = seasonForm == EtsComponent.Multiplicative;
        double[] figure = [.. new ClassicalDecomposition(values, season, multiplicative).Figure];
        if (multiplicative)
        {
            for (int i = 0; i < season; i++) figure[i] = Math.Max(figure[i], LeastEffect);
            double mean = figure.Average();
            for (int i = 0; i < season; i++) figure[i] /= mean;
        }
        double[] adjusted = new double[used];
        for (int i = 0; i < used; i++) adjusted[i] = multiplicative ? values[i] / figure[i % season] : values[i] - figure[i % season];
        return WithoutSeason(adjusted, trend) with { Seasons = figure };
    }

    private static EtsStart WithoutSeason(ReadOnlySpan<double> values, EtsComponent trend)
    {
        double middle = (values.Length + 1) / 2.0, mean = 0, products = 0, squares = 0, differences = 0;
        foreach (double value in values) mean += value;
        mean /= values.Length;
        for (int i = 1; i < values.Length; i++) differences += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
        double error = Math.Sqrt(Math.Max(differences / (values.Length - 1), EtsFit.LeastVariance));
        if (trend == EtsComponent.None) return new(mean, 0, error, []);
        for (int i = 0; i < values.Length; i++)
        {
            products += (i + 1 - middle) * (values[i] - mean);
            squares += (i + 1 - middle) * (i + 1 - middle);
        }
        double slope = products / squares, level = mean - (slope * middle);
        if (trend == EtsComponent.Additive) return new(level, slope, error, []);
        // Growth is reckoned at the middle, where the line is surest.
        return new(Math.Max(level, mean / 2), Math.Clamp(1 + (slope / mean), 0.5, 2), error, []);
    }
}
