namespace MLPipelines.Recommendation;

/// <summary>The columns that a recommender scores pairs by.</summary>
/// <param name="User">The column of users: text, keys or numbers.</param>
/// <param name="Item">The column of items: text, keys or numbers.</param>
public sealed record RecommenderColumns(string User = "user", string Item = "item");
