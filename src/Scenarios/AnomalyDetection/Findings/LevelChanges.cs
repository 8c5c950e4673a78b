namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>
/// Finds where the level of values changes: where the medians of the runs before and after a step differ by much more than they usually do in
/// this metric, so that a metric that always wanders has no level changes.
/// </summary>
internal static class LevelChanges
{
    /// <summary>In usual differences (medians of all).</summary>
    private const double OverUsual = 6;

    /// <summary>In deviations of the noise.</summary>
    private const double OverNoise = 4;

    /// <summary>So many level changes are still unusual: the differences that they make are not among the usual ones.</summary>
    private const int Many = 10;

    /// <summary>Ratios of deviation to median and mean distance, for normal noise.</summary>
    private const double Normal = 1.4826, NormalMean = 1.2533;

    /// <param name="values">The metric without its season.</param>
    /// <param name="run">How long a level must last, before and after.</param>
    internal static List<AnomalyFinding> Find(double[] values, int run)
    {
        List<AnomalyFinding> found = [];
        double[] medians = RunningMedian.Of(values, run);
        if (medians.Length <= run) return found;
        double[] differences = [.. Enumerable.Range(run, medians.Length - run).Select(step => Math.Abs(medians[step] - medians[step - run]))];
        double limit = Math.Max(OverUsual * Usual(differences, Math.Max(0.5, 1 - ((double)Many * run / differences.Length))), OverNoise * Noise(values, run));
        // Without noise every change counts, except that of rounding.
        limit = Math.Max(limit, 1e-9 * values.Max(Math.Abs));
        for (int i = 0; i < differences.Length; i++)
        {
            if (differences[i] <= limit) continue;
            int end = i, peak = i;
            for (int last = i; end < differences.Length && end - last < run; end++)
            {
                if (differences[end] > limit) last = end;
                if (differences[end] > differences[peak]) peak = end;
            }
            (double before, double after) = (medians[peak], medians[peak + run]);
            int at = Split(values, peak, peak + (2 * run), before, after);
            found.Add(new(AnomalyKind.LevelChange, at, at, after, before, AnomalyFinding.SeverityOf(differences[peak], limit)));
            i = end;
        }
        return found;
    }

    /// <summary>The usual difference: their median, or what the median would be if all were like a higher quantile, where that is more.</summary>
    private static double Usual(double[] differences, double share) =>
        Math.Max(RunningMedian.Quantile(differences, 0.5), RunningMedian.Quantile(differences, share) / (Normal * NormalDistribution.Quantile((1 + share) / 2)));

    /// <summary>The deviation of the values from their local median; by the mean where most have none.</summary>
    private static double Noise(double[] values, int run)
    {
        double[] local = RunningMedian.Around(values, run / 2);
        double[] distances = [.. values.Select((value, i) => Math.Abs(value - local[i]))];
        double median = RunningMedian.Quantile(distances, 0.5);
        return median > 0 ? Normal * median : NormalMean * distances.Average();
    }

    /// <summary>The step from which values are nearer to the level after than to that before, on the whole.</summary>
    private static int Split(double[] values, int first, int end, double before, double after)
    {
        double sum = 0, least = double.PositiveInfinity;
        int best = first;
        for (int i = first; i < end; i++)
        {
            if (sum < least) (least, best) = (sum, i);
            sum += Math.Abs(values[i] - before) - Math.Abs(values[i] - after);
        }
        return best;
    }
}
