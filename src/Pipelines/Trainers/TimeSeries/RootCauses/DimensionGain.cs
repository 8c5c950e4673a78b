namespace MLPipelines.TimeSeries;

/// <summary>What a dimension tells about which points are anomalies: the measures of decision trees (Quinlan 1986, "Induction of Decision Trees").</summary>
internal sealed class DimensionGain
{
    private DimensionGain(string dimension, int points, int anomalies, double value, double intrinsic)
    {
        (Dimension, PointValues, AnomalyValues, Value) = (dimension, points, anomalies, value);
        Ratio = value / intrinsic;
        if (double.IsInfinity(Ratio)) Ratio = 0;
    }

    internal string Dimension { get; }

    /// <summary>How many values of the dimension there are.</summary>
    internal int PointValues { get; }

    /// <summary>How many of them have anomalies.</summary>
    internal int AnomalyValues { get; }

    /// <summary>Of points with a value in each dimension, the gain of information, the more the better; of points split by this one only, their entropy, the less the better.</summary>
    internal double Value { get; }

    /// <summary>The same, relative to the information in the dimension; NaN where there is none in either.</summary>
    internal double Ratio { get; }

    /// <summary>Of points with a value in each dimension.</summary>
    internal static DimensionGain OfLeaves(string dimension, List<TimeSeriesPoint> points, List<TimeSeriesPoint> anomalies)
    {
        var all = Count(dimension, points);
        var odd = Count(dimension, anomalies);
        double rest = odd.Sum(pair => Entropy(all[pair.Key], pair.Value) * all[pair.Key] / points.Count);
        return new(dimension, all.Count, odd.Count, points.Count == 0 ? 0 : Entropy(points.Count, anomalies.Count) - rest, Information(all));
    }

    /// <summary>Of points split by this dimension only.</summary>
    internal static DimensionGain OfChildren(string dimension, List<TimeSeriesPoint> points, List<TimeSeriesPoint> anomalies)
    {
        var all = Count(dimension, points);
        int odd = Count(dimension, anomalies).Count;
        return new(dimension, all.Count, odd, all.Count == 0 ? double.MaxValue : Entropy(all.Count, odd), Information(all));
    }

    // A value may be null, which is no key of a dictionary; in a tuple it is.
    internal static Dictionary<ValueTuple<object>, int> Count(string dimension, List<TimeSeriesPoint> points) =>
        points.CountBy(point => new ValueTuple<object>(point.Dimension[dimension])).ToDictionary();

    private static double Entropy(int count, int some)
    {
        double share = (double)some / count;
        return share is 0 or 1 ? 0 : -(share * Math.Log2(share) + (1 - share) * Math.Log2(1 - share));
    }

    private static double Information(Dictionary<ValueTuple<object>, int> counts)
    {
        double total = counts.Values.Sum();
        return -counts.Values.Sum(count => count / total * Math.Log2(count / total));
    }
}
