namespace MLPipelines.Recommendation;

/// <summary>What rows say of users and items.</summary>
public enum FeedbackKind
{
    /// <summary>How much a user likes an item, in the user's own words: a rating.</summary>
    Explicit,

    /// <summary>What a user did with an item: the more, the more it is liked. What was not done says little.</summary>
    Implicit,
}

/// <summary>What several rows of one user and one item become.</summary>
public enum DuplicatePolicy
{
    /// <summary>The last counts: by time where there are times, else by the order of rows.</summary>
    Last,

    /// <summary>Their mean counts.</summary>
    Mean,

    /// <summary>They are added up.</summary>
    Sum,
}
