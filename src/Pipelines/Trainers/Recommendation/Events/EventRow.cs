namespace MLPipelines.Recommendation;

/// <summary>What a user did with an item.</summary>
/// <param name="User">The number of the user.</param>
/// <param name="Item">The number of the item.</param>
/// <param name="Value">A rating, or how much it counts.</param>
/// <param name="Time">When, in ticks or as it was written; 0 where there are no times.</param>
internal readonly record struct EventRow(int User, int Item, float Value, long Time);
