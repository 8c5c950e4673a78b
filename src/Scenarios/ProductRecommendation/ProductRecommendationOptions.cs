using MLPipelines.Recommendation;

namespace MLPipelines.Scenarios.ProductRecommendation;

/// <summary>How a recommender is chosen.</summary>
public sealed record ProductRecommendationOptions
{
    /// <summary>A name out of <see cref="ProductMethods.Names"/>; <see langword="null"/> to choose by validation.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// How rows are set aside for validation; <see langword="null"/> for the last item of each user where events have times, and else a share of the items of
    /// each user.
    /// </summary>
    public EventSplitKind? Validation { get; init; }

    /// <summary>The share of rows that is set aside, above 0 and below 1; not for <see cref="EventSplitKind.LeaveLastOut"/>.</summary>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Whether a method that is named is measured as well.</summary>
    public bool MeasuresNamedMethod { get; init; } = true;

    /// <summary>After so much time no further method is tried; <see langword="null"/> for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
