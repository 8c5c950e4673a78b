namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>What a metric usually does, and where it did not. All of it is looked at together: what came later helps to judge what came before.</summary>
public sealed class AnomalyAnalysis
{
    /// <summary>Without a season a level must last so many steps, or a fifth of a short metric; and no fewer than the least.</summary>
    private const int Run = 25, LeastRun = 5;

    /// <summary>A deviation lasts when it takes this share of a season.</summary>
    private const int LastingShare = 8;

    private AnomalyAnalysis(MetricSeries series, int season, double[] expected, double limit, IReadOnlyList<AnomalyFinding> findings) =>
        (Series, Season, Expected, Limit, Findings) = (series, season, expected, limit, findings);

    public MetricSeries Series { get; }

    /// <summary>The length of the season in steps; 1 for none.</summary>
    public int Season { get; }

    /// <summary>What was expected at each step: the level, which may wander and change, and the season.</summary>
    public IReadOnlyList<double> Expected { get; }

    /// <summary>How far a value may be from what is expected before it is a spike.</summary>
    public double Limit { get; }

    /// <summary>What was found, in the order of time.</summary>
    public IReadOnlyList<AnomalyFinding> Findings { get; }

    /// <summary>Looks at a metric.</summary>
    /// <param name="series">The metric.</param>
    /// <param name="season">The length of its season in steps, 1 for none; <see langword="null"/> to find it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The season is less than 1, or there are not three of them.</exception>
    public static AnomalyAnalysis Of(MetricSeries series, int? season = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        double[] values = [.. series.Values];
        if (season is { } given && (given < 1 || (given > 1 && values.Length < 3 * given)))
            throw new ArgumentOutOfRangeException(nameof(season), given, $"The metric has {values.Length} steps; expected a season of at least 1 step, and three seasons.");
        (int length, int shortest) = season is { } asked ? (asked, asked) : SeasonProfile.Find(values, series.Step);
        int run = length > 1 ? length : Math.Min(Run, Math.Max(LeastRun, values.Length / 5));
        double[] profile = length > 1 ? SeasonProfile.Of(values, length) : new double[values.Length];
        double[] flat = [.. values.Select((value, i) => value - profile[i])];
        List<AnomalyFinding> levels = LevelChanges.Find(flat, run);
        double[] expected = Level(flat, levels, run);
        for (int i = 0; i < expected.Length; i++) expected[i] += profile[i];
        double limit = Spikes.Limit(values, expected);
        List<AnomalyFinding> breaks = length > 1 ? SeasonalBreaks.Find(values, expected, shortest, limit) : [];
        // What lasts within a broken season is what broke it, not a spike.
        var spikes = Spikes.Find(values, expected, limit).Where(spike => spike.Last - spike.First < shortest / LastingShare || !breaks.Exists(broken => spike.First >= broken.First && spike.Last <= broken.Last));
        List<AnomalyFinding> findings = [.. levels, .. spikes, .. breaks];
        return new(series, length, expected, limit, [.. findings.OrderBy(finding => finding.First).ThenBy(finding => finding.Kind)]);
    }

    /// <summary>The level of each step: the median around it, on its side of the level changes.</summary>
    private static double[] Level(double[] flat, List<AnomalyFinding> changes, int run)
    {
        double[] level = new double[flat.Length];
        int start = 0;
        foreach (int end in changes.Select(change => change.First).Append(flat.Length))
        {
            if (end > start) LevelOf(flat.AsSpan(start, end - start), run).CopyTo(level, start);
            start = Math.Max(start, end);
        }
        return level;
    }

    /// <summary>Near its ends a window has values on one side only; what the trend makes of that is added.</summary>
    private static double[] LevelOf(ReadOnlySpan<double> values, int run)
    {
        double[] level = RunningMedian.Around(values, run);
        int whole = level.Length - (2 * run);
        if (whole <= run) return level;
        double slope = RunningMedian.Quantile(Enumerable.Range(run, whole - run).Select(i => level[i + run] - level[i]), 0.5) / run;
        for (int i = 0; i < run; i++)
        {
            level[i] -= slope * (run - i) / 2;
            level[^(i + 1)] += slope * (run - i) / 2;
        }
        return level;
    }
}
