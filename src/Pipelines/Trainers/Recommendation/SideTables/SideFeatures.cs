namespace MLPipelines.Recommendation;

/// <summary>
/// What is known of users and items beside their interactions, such as the age group of a user or the genres of a film. Each row is sparse: the "items" of
/// a row are its features. Methods that use them bring each row to a length of 1; they serve users and items without any interaction, too.
/// </summary>
/// <param name="Users">The features of each user; <see langword="null"/> for none.</param>
/// <param name="Items">The features of each item; <see langword="null"/> for none.</param>
internal sealed record SideFeatures(Interactions? Users, Interactions? Items);
