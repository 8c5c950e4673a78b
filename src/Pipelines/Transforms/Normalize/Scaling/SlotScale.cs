namespace MLPipelines.Transforms;

/// <summary>What becomes of the numbers of one slot: <c>(x − Offset) · Scale</c>.</summary>
/// <param name="Offset">What is taken off.</param>
/// <param name="Scale">What the rest is multiplied by; 0 for a slot that says nothing.</param>
internal readonly record struct SlotScale(double Offset, double Scale)
{
    internal static SlotScale MinMax(SlotStatistics statistics, int slot, bool fixZero)
    {
        double minimum = statistics.Minimum(slot), maximum = statistics.Maximum(slot);
        if (!(maximum > minimum)) return default;
        return fixZero ? new(0, 1 / Math.Max(Math.Abs(minimum), Math.Abs(maximum))) : new(minimum, 1 / (maximum - minimum));
    }

    internal static SlotScale MeanVariance(SlotStatistics statistics, int slot, bool fixZero)
    {
        // Asked of the extremes, since rounding can leave a constant slot with a variance just above 0.
        if (!(statistics.Maximum(slot) > statistics.Minimum(slot))) return default;
        double mean = statistics.Mean(slot), variance = statistics.Variance(slot);
        return fixZero ? new(0, 1 / Math.Sqrt(variance + mean * mean)) : new(mean, 1 / Math.Sqrt(variance));
    }

    /// <summary>Scales by the distance between two quantiles, or not at all where they are the same number.</summary>
    internal static SlotScale Robust(ValueCounts counts, double lowerShare, double upperShare, bool centerData)
    {
        if (!counts.Varies) return default;
        double range = counts.Quantile(upperShare) - counts.Quantile(lowerShare);
        return new(centerData ? counts.Median : 0, range > 0 ? 1 / range : 1);
    }
}
