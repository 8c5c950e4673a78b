namespace MLPipelines.Recommendation;

/// <summary>
/// What most users have, for everyone: the baseline that other methods have to beat, and what users get of whom nothing is known. An item's score is
/// the share of users who have it, 0 to 1; an item that is not known has 0.
/// </summary>
public sealed class PopularityMethod : RecommendationMethod
{
    public override string Name => "Popularity";

    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        environment.Report(Name, 1, 1);
        return PopularityModel.Of(interactions);
    }
}
