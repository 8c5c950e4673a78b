namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>Finds seasons that do not go as the others: their mean deviation from what is expected is much above the usual one.</summary>
internal static class SeasonalBreaks
{
    /// <summary>In deviations of the mean deviations of all seasons.</summary>
    private const double OverUsual = 6;

    /// <summary>In usual mean deviations: where all seasons are nearly equal, little is much.</summary>
    private const double LeastRatio = 1.5;

    private const double Normal = 1.4826;

    /// <param name="values">The metric.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="season">The length of the season in steps.</param>
    /// <param name="limit">A spike counts as this much, so that one alone does not break a season.</param>
    internal static List<AnomalyFinding> Find(double[] values, double[] expected, int season, double limit)
    {
        List<AnomalyFinding> found = [];
        double[] means = MeansOf([.. values.Select((value, i) => Math.Min(Math.Abs(value - expected[i]), limit))], season);
        if (means.Length <= season) return found;
        double usual = RunningMedian.Quantile(means, 0.5), spread = Normal * RunningMedian.Quantile(means.Select(mean => Math.Abs(mean - usual)), 0.5);
        double most = Math.Max(Math.Max(usual + (OverUsual * spread), LeastRatio * usual), 1e-9 * values.Max(Math.Abs));
        for (int i = 0; i < means.Length; i++)
        {
            if (means[i] <= most) continue;
            (int last, int peak) = (i, i);
            for (int next = i + 1; next < means.Length && next - last <= season; next++)
            {
                if (means[next] <= most) continue;
                last = next;
                if (means[next] > means[peak]) peak = next;
            }
            // Windows that only begin or end in the broken part stand at its ends.
            (int first, int end) = last - i < season ? (peak, peak + season) : (i + (season / 2), last + (season / 2) + 1);
            found.Add(new(AnomalyKind.SeasonalBreak, first, end - 1, Mean(values, first, end), Mean(expected, first, end), AnomalyFinding.SeverityOf(means[peak], most)));
            i = last;
        }
        return found;
    }

    private static double Mean(double[] values, int first, int end) => values.AsSpan(first, end - first).ToArray().Average();

    /// <summary>The mean of each run, by its first step.</summary>
    private static double[] MeansOf(double[] deviations, int run)
    {
        double[] sums = new double[deviations.Length + 1];
        for (int i = 0; i < deviations.Length; i++) sums[i + 1] = sums[i] + deviations[i];
        return [.. Enumerable.Range(0, Math.Max(0, deviations.Length - run + 1)).Select(i => (sums[i + run] - sums[i]) / run)];
    }
}
