using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>Finds the season of a metric and what it adds to each step.</summary>
internal static class SeasonProfile
{
    // Three are the fewest of which the odd one can be told.
    private const int FewestSeasons = 3;

    /// <summary>The correlation of a season with the next that is worth modelling.</summary>
    private const double LeastLikeness = 0.3;

    /// <summary>What a longer season must leave of the differences that a shorter one leaves to be taken instead: weeks, not days.</summary>
    private const double Better = 0.9;

    /// <summary>Seasons before and after that a season is compared with: few enough to follow slow changes.</summary>
    private const int Neighbors = 10;

    /// <summary>The length of the season in steps, and of the shortest one within it, such as a week and a day; 1 for none.</summary>
    internal static (int Season, int Shortest) Find(double[] values, TimeStep? step)
    {
        var candidates = new SortedSet<int>(step?.UsualSeasons() ?? []);
        if (SeasonalityDetector.Detect(values, 0.95) is > 1 and var detected) candidates.Add(detected);
        candidates.RemoveWhere(season => values.Length < FewestSeasons * season || Likeness(values, season) < LeastLikeness);
        if (candidates.Count == 0) return (1, 1);
        // A level that changes is no difference of seasons.
        double[] rest = WithoutLevel(values, candidates.Max);
        (int best, double least) = (1, double.PositiveInfinity);
        foreach (int season in candidates)
        {
            double difference = Difference(rest, season);
            if (difference < Better * least) (best, least) = (season, difference);
        }
        return (best, candidates.Min);
    }

    /// <summary>What the season adds at each step: the median of what the same step of the neighbouring seasons has beyond their level.</summary>
    internal static double[] Of(double[] values, int season)
    {
        double[] rest = WithoutLevel(values, season), result = new double[values.Length];
        double[] phase = new double[(values.Length / season) + 1];
        for (int start = 0; start < season; start++)
        {
            int count = 0;
            for (int i = start; i < values.Length; i += season) phase[count++] = rest[i];
            double[] medians = RunningMedian.Around(phase.AsSpan(0, count), Neighbors);
            for (int i = 0; i < count; i++) result[start + (i * season)] = medians[i];
        }
        return result;
    }

    /// <summary>The correlation of the values, less their level, with those one season later; outliers count as the largest usual ones.</summary>
    private static double Likeness(double[] values, int season)
    {
        double[] rest = WithoutLevel(values, season);
        double limit = RunningMedian.Quantile(rest.Select(Math.Abs), 0.95);
        for (int i = 0; i < rest.Length; i++) rest[i] = Math.Clamp(rest[i], -limit, limit);
        double mean = rest.Average(), product = 0, square = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            square += (rest[i] - mean) * (rest[i] - mean);
            if (i >= season) product += (rest[i] - mean) * (rest[i - season] - mean);
        }
        return square == 0 ? 0 : product / (rest.Length - season) / (square / rest.Length);
    }

    /// <summary>The mean difference of the values from those one season before; outliers count as the largest usual ones.</summary>
    private static double Difference(double[] values, int season)
    {
        double[] differences = [.. Enumerable.Range(season, values.Length - season).Select(i => Math.Abs(values[i] - values[i - season]))];
        double limit = RunningMedian.Quantile(differences, 0.95);
        return differences.Average(difference => Math.Min(difference, limit));
    }

    private static double[] WithoutLevel(double[] values, int season)
    {
        double[] level = RunningMedian.Around(values, season / 2);
        return [.. values.Select((value, i) => value - level[i])];
    }
}
