namespace MLPipelines.Recommendation;

/// <summary>A user did something with an item.</summary>
/// <param name="User">The user's name; not empty.</param>
/// <param name="Item">The item's name; not empty.</param>
/// <param name="Value">How much it counts, such as a rating or the weight of an event; finite.</param>
public readonly record struct Interaction(string User, string Item, float Value = 1);
