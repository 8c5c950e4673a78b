using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>
/// Collects what lists of recommendations are worth, user by user. A list is the best items of all that the user did not have before; what is relevant is
/// what the user took later.
/// </summary>
internal sealed class RecommendationTally
{
    private readonly int[] _timesListed;
    private readonly double[] _information;
    private double _gain, _recall, _precision, _average, _novelty;
    private long _listed;

    /// <param name="count">The length of lists, the k of the metrics; at least 1.</param>
    /// <param name="userCounts">How many users have each item in training.</param>
    /// <param name="userCount">How many users there are in training.</param>
    internal RecommendationTally(int count, ReadOnlySpan<int> userCounts, int userCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _timesListed = new int[userCounts.Length];
        _information = new double[userCounts.Length];
        // An item that nobody had is as new as one that a single user had.
        for (int item = 0; item < userCounts.Length; item++) _information[item] = -Math.Log2(Math.Max(userCounts[item], 1.0) / Math.Max(userCount, 1));
    }

    internal int Count { get; }

    internal int UserCount { get; private set; }

    internal int HitUserCount { get; private set; }

    /// <summary>Adds the list of one user. Users without anything relevant are left out, since no list is right for them.</summary>
    /// <param name="listed">Items by falling score; those after the first k do not count.</param>
    /// <param name="relevant">The relevant items, rising; items from the number of items in training on, which nobody could recommend, count as missed.</param>
    internal void Add(ReadOnlySpan<int> listed, ReadOnlySpan<int> relevant)
    {
        if (relevant.IsEmpty) return;
        UserCount++;
        if (listed.Length > Count) listed = listed[..Count];
        double gain = 0, best = 0, precisions = 0;
        int hits = 0;
        for (int place = 0; place < listed.Length; place++)
        {
            int item = listed[place];
            _timesListed[item]++;
            _novelty += _information[item];
            if (relevant.BinarySearch(item) < 0) continue;
            hits++;
            gain += 1 / Math.Log2(place + 2);
            precisions += hits / (place + 1.0);
        }
        int possible = Math.Min(relevant.Length, Count);
        for (int place = 0; place < possible; place++) best += 1 / Math.Log2(place + 2);
        _listed += listed.Length;
        _gain += gain / best;
        _recall += (double)hits / relevant.Length;
        _precision += (double)hits / Count;
        _average += precisions / possible;
        if (hits > 0) HitUserCount++;
    }

    /// <summary>The metrics of what was added.</summary>
    internal RecommendationMetrics ToMetrics() => new()
    {
        Count = Count,
        UserCount = UserCount,
        NormalizedDiscountedCumulativeGain = _gain / UserCount,
        Recall = _recall / UserCount,
        Precision = _precision / UserCount,
        HitRate = (double)HitUserCount / UserCount,
        MeanAveragePrecision = _average / UserCount,
        Coverage = (double)_timesListed.Count(times => times > 0) / _timesListed.Length,
        Novelty = _novelty / _listed,
    };
}
