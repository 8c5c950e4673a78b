namespace MLPipelines.Recommendation;

/// <summary>An item and what speaks for it.</summary>
/// <param name="Item">The item's name.</param>
/// <param name="Score">Higher is better; finite. What it means depends on the method: a rating, a preference, a likeness or a share of a score.</param>
public readonly record struct RecommendedItem(string Item, float Score);
