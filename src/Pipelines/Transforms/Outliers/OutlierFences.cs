namespace MLPipelines.Transforms;

/// <summary>The lowest and highest number of each slot that is no outlier.</summary>
/// <param name="Low">Per slot; negative infinity where nothing is too low.</param>
/// <param name="High">Per slot; infinity where nothing is too high.</param>
internal readonly record struct OutlierFences(double[] Low, double[] High)
{
    // The standard deviation of normal numbers over their median absolute deviation: 1 / Φ⁻¹(¾).
    private const double NormalDeviations = 1.482602218505602;

    internal static double DefaultThreshold(OutlierRule rule) => rule switch
    {
        OutlierRule.InterquartileRange => 1.5,
        OutlierRule.StandardScore => 3,
        OutlierRule.RobustStandardScore => 3.5,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Expected InterquartileRange, StandardScore or RobustStandardScore."),
    };

    internal static ISlotLearner CreateLearner(OutlierRule rule, int slots) => rule == OutlierRule.StandardScore ? new SlotStatistics(slots) : new SlotValues(slots);

    internal static OutlierFences Learn(OutlierRule rule, double threshold, ISlotLearner learner)
    {
        double[] low = new double[learner.SlotCount], high = new double[low.Length];
        for (int slot = 0; slot < low.Length; slot++)
        {
            var (below, above, spread) = learner is SlotStatistics statistics
                ? (statistics.Mean(slot), statistics.Mean(slot), Deviation(statistics, slot)) : Ordered(rule, ((SlotValues)learner).Count(slot));
            // Without a spread, as where most numbers are equal, the rule says nothing of the others.
            (low[slot], high[slot]) = spread > 0 ? (below - threshold * spread, above + threshold * spread) : (double.NegativeInfinity, double.PositiveInfinity);
        }
        return new OutlierFences(low, high);
    }

    private static (double Below, double Above, double Spread) Ordered(OutlierRule rule, ValueCounts counts)
    {
        if (rule == OutlierRule.InterquartileRange)
        {
            double first = counts.Quantile(0.25), third = counts.Quantile(0.75);
            return (first, third, third - first);
        }
        double median = counts.Median;
        return (median, median, NormalDeviations * counts.DistancesFrom(median).Median);
    }

    // Rounding can leave a constant slot with a variance just above 0.
    private static double Deviation(SlotStatistics statistics, int slot) =>
        statistics.Maximum(slot) > statistics.Minimum(slot) ? Math.Sqrt(statistics.Variance(slot)) : 0;
}
