namespace MLPipelines.Recommendation;

/// <summary>What several rows of one user and one item become.</summary>
public enum DuplicatePairs
{
    /// <summary>The sum of their values: right for events and counts.</summary>
    Sum,

    /// <summary>The value of the last row.</summary>
    Last,

    /// <summary>The mean of their values.</summary>
    Mean,
}
