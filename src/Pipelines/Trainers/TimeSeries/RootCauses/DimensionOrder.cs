namespace MLPipelines.TimeSeries;

/// <summary>Orders dimensions by how well they tell the cause of an anomaly, the best first, as ML.NET does.</summary>
/// <param name="areLeaves">Whether the more a dimension's value is the better, or the less.</param>
internal sealed class DimensionOrder(bool areLeaves)
{
    /// <summary>The dimensions with anomalies at one value only, and those that are not worse than the mean.</summary>
    internal IEnumerable<DimensionGain> Order(IEnumerable<DimensionGain> dimensions)
    {
        List<DimensionGain> left = [.. dimensions.OrderBy(gain => gain.Dimension, StringComparer.Ordinal)];
        double mean = left.Count == 0 ? 0 : left.Sum(gain => gain.Value) / left.Count;
        left.RemoveAll(gain => gain.AnomalyValues != 1 && !IsNotWorse(gain.Value, mean));
        while (left.Count > 0)
        {
            DimensionGain best = left.Aggregate(Better);
            left.Remove(best);
            yield return best;
        }
    }

    private DimensionGain Better(DimensionGain best, DimensionGain next)
    {
        if (next.AnomalyValues == 1 && best.AnomalyValues > 1) return next;
        bool isComparable = next.AnomalyValues switch { 0 => false, 1 => best.AnomalyValues == 1, _ => best.AnomalyValues != 1 };
        if (!isComparable || double.IsNaN(best.Ratio) || !IsNotWorse(next.Value, best.Ratio)) return best;
        // Of equal ones, that which not every value of has an anomaly.
        return next.Value == best.Ratio && next.AnomalyValues == next.PointValues ? best : next;
    }

    private bool IsNotWorse(double value, double other) => areLeaves ? value >= other : value <= other;
}
