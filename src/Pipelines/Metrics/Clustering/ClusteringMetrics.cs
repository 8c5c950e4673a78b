namespace MLPipelines.Data;

/// <summary>How tight clusters are, how far apart, and how much they have to do with labels.</summary>
public sealed class ClusteringMetrics
{
    internal ClusteringMetrics(ClusteringTally tally, ClusterScatter? scatter)
    {
        AverageDistance = tally.DistanceSum / tally.RowCount;
        NormalizedMutualInformation = tally.NormalizedMutualInformation();
        DaviesBouldinIndex = scatter?.DaviesBouldinIndex() ?? double.NaN;
        (RowCount, UnlabeledRowCount) = (tally.RowCount, tally.UnlabeledRowCount);
    }

    /// <summary>
    /// What the clusters tell about the label, as a share of what there is to tell: the mutual information of both over the entropy of
    /// the label alone (elsewhere called homogeneity), from 0 to 1. Clusters of one row each reach 1: compare models of as many clusters.
    /// NaN without a label column, and where all labels are alike.
    /// </summary>
    public double NormalizedMutualInformation { get; }

    /// <summary>
    /// The mean over the rows of the lowest score: for k-means, the squared distance to the nearest centroid. It falls as clusters
    /// are added.
    /// </summary>
    public double AverageDistance { get; }

    /// <summary>
    /// The mean over the clusters of how much each runs into the one most like it: the mean distances of the rows of both to their
    /// centroids, added up, over the distance of the centroids. 0 or more, lower is better; infinite where two centroids are the same.
    /// NaN without a feature column, and with fewer than two clusters that have rows; clusters without rows do not count.
    /// </summary>
    /// <remarks>Davies and Bouldin, "A cluster separation measure" (1979).</remarks>
    public double DaviesBouldinIndex { get; }

    /// <summary>The number of rows that the metrics are made of.</summary>
    public int RowCount { get; }

    /// <summary>The number of rows that the mutual information leaves out because their label is missing; 0 without a label column.</summary>
    public int UnlabeledRowCount { get; }
}
