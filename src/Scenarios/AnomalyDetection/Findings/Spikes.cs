namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>Finds values far from what is expected.</summary>
internal static class Spikes
{
    /// <summary>In 95 % quantiles of all deviations: 4.9 standard deviations of normal noise, and more of noise with heavier tails.</summary>
    private const double OverUsual = 2.5;

    // Deviations this near to each other are of one event.
    private const int Apart = 3;

    /// <summary>The deviation that is worth telling of.</summary>
    internal static double Limit(double[] values, double[] expected)
    {
        double usual = RunningMedian.Quantile(values.Select((value, i) => Math.Abs(value - expected[i])), 0.95);
        return Math.Max(OverUsual * usual, 1e-9 * values.Max(Math.Abs));
    }

    internal static List<AnomalyFinding> Find(double[] values, double[] expected, double limit)
    {
        List<AnomalyFinding> found = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (!(Deviation(i) > limit)) continue;
            (int last, int peak) = (i, i);
            for (int next = i + 1; next < values.Length && next - last <= Apart; next++)
            {
                if (!(Deviation(next) > limit)) continue;
                last = next;
                if (Deviation(next) > Deviation(peak)) peak = next;
            }
            found.Add(new(AnomalyKind.Spike, i, last, values[peak], expected[peak], AnomalyFinding.SeverityOf(Deviation(peak), limit)));
            i = last;
        }
        return found;

        double Deviation(int step) => Math.Abs(values[step] - expected[step]);
    }
}
