namespace MLPipelines.Drift;

/// <summary>How far two distributions over the same bins are apart.</summary>
public static class PopulationStability
{
    /// <summary>From here on a distribution has moved enough to look at it, and to act; the thresholds that credit scoring made customary.</summary>
    public const double Noticeable = 0.1, Large = 0.25;

    /// <summary>What each bin is given besides its rows, so that an empty one does not make the index infinite.</summary>
    private const double Smoothing = 0.5;

    /// <summary>
    /// The population stability index, Σ (aᵢ − eᵢ) · ln(aᵢ / eᵢ) over the shares of the bins: 0 for equal distributions, without an upper bound. Shares are
    /// (rows + ½) / (all rows + ½ · bins). Bins that are empty on both sides take no part.
    /// </summary>
    /// <param name="expected">Rows per bin as they were.</param>
    /// <param name="actual">Rows per bin as they are; the same number of bins.</param>
    /// <returns>The index; 0 where one side has no rows.</returns>
    public static double Index(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        var (before, now, bins) = Totals(expected, actual);
        if (before == 0 || now == 0) return 0;
        double index = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] == 0 && actual[i] == 0) continue;
            double e = (expected[i] + Smoothing) / (before + Smoothing * bins), a = (actual[i] + Smoothing) / (now + Smoothing * bins);
            index += (a - e) * Math.Log(a / e);
        }
        return index;
    }

    /// <summary>
    /// The index that two samples of one and the same distribution hardly ever exceed. It is about (1/n + 1/m) times a number of the χ² distribution with
    /// bins − 1 degrees of freedom (Yurdakul and Naranjo 2020); this is its mean and three standard deviations. Of few rows a large index says little.
    /// </summary>
    public static double ByChance(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        var (before, now, bins) = Totals(expected, actual);
        return before == 0 || now == 0 ? 0 : (bins - 1 + 3 * Math.Sqrt(2 * (bins - 1))) * (1 / before + 1 / now);
    }

    private static (double Expected, double Actual, int Bins) Totals(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        if (expected.Length != actual.Length) throw new ArgumentException($"There are {expected.Length} bins on one side and {actual.Length} on the other.", nameof(actual));
        double before = 0, now = 0;
        int bins = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            before += expected[i];
            now += actual[i];
            if (expected[i] != 0 || actual[i] != 0) bins++;
        }
        return (before, now, bins);
    }
}
