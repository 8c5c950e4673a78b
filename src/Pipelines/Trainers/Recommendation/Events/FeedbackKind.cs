namespace MLPipelines.Recommendation;

/// <summary>What rows say of users and items.</summary>
public enum FeedbackKind
{
    /// <summary>How much a user likes an item, in the user's own words: a rating.</summary>
    Explicit,

    /// <summary>What a user did with an item: the more, the more it is liked. What was not done says little.</summary>
    Implicit,
}
