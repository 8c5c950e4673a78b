namespace MLPipelines.Data;

/// <summary>
/// How good lists of recommendations are: means over users who took something later. Every item that a user did not have before is ranked, not a sample of
/// them (Krichene and Rendle 2020 show that samples mislead). NaN where there are no users.
/// </summary>
public sealed record RecommendationMetrics
{
    internal RecommendationMetrics() { }

    /// <summary>The length of lists, the k of the metrics.</summary>
    public required int Count { get; init; }

    /// <summary>The number of users that the metrics are made of.</summary>
    public required int UserCount { get; init; }

    /// <summary>NDCG@k: each relevant item in place i adds 1 / log₂(i + 1); as a share of the best list, 0 to 1.</summary>
    public required double NormalizedDiscountedCumulativeGain { get; init; }

    /// <summary>Recall@k: the share of relevant items that are in the list.</summary>
    public required double Recall { get; init; }

    /// <summary>Precision@k: the relevant items in the list, divided by k.</summary>
    public required double Precision { get; init; }

    /// <summary>The share of users whose list holds a relevant item.</summary>
    public required double HitRate { get; init; }

    /// <summary>MAP@k: the mean of the precisions at the places of relevant items, over as many as a list could hold.</summary>
    public required double MeanAveragePrecision { get; init; }

    /// <summary>The share of all items that are in some user's list.</summary>
    public required double Coverage { get; init; }

    /// <summary>The mean of −log₂ of the share of users who had a listed item, in bits: 0 for what everyone has.</summary>
    public required double Novelty { get; init; }
}
