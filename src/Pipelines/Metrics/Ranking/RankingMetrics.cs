namespace MLPipelines.Data;

/// <summary>How well a model orders the rows of each group, such as the results of a query.</summary>
/// <remarks>
/// <para>The row in place i of its group, from 1 by falling score, adds its gain / ln(i + 1) to the cumulative gain. Of equal scores,
/// those with less gain come first, so that a model that gives all rows one score is not taken to be good.</para>
/// <para>Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with the natural logarithm.</para>
/// </remarks>
public sealed class RankingMetrics
{
    internal RankingMetrics(RankingTally tally)
    {
        DiscountedCumulativeGains = [.. tally.GainSums.Select(sum => sum / tally.GroupCount)];
        NormalizedDiscountedCumulativeGains = [.. tally.NormalizedGainSums.Select(sum => sum / tally.GroupCount)];
        (GroupCount, RowCount, UnlabeledRowCount) = (tally.GroupCount, tally.RowCount, tally.UnlabeledRowCount);
    }

    /// <summary>
    /// The share of the best possible discounted gain that the first place reaches, the first two, and so on; 0 to 1, the mean over the
    /// groups. A group without any gain counts as 0.
    /// </summary>
    public IReadOnlyList<double> NormalizedDiscountedCumulativeGains { get; }

    /// <summary>The discounted gain of the first place, the first two, and so on; the mean over the groups. A short group keeps its last sum.</summary>
    public IReadOnlyList<double> DiscountedCumulativeGains { get; }

    /// <summary>The number of groups that have a row with a label.</summary>
    public int GroupCount { get; }

    /// <summary>The number of rows that the metrics are made of.</summary>
    public int RowCount { get; }

    /// <summary>The number of rows left out because their label is missing.</summary>
    public int UnlabeledRowCount { get; }
}
