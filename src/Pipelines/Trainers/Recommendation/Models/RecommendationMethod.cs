namespace MLPipelines.Recommendation;

/// <summary>A way to learn what to recommend. It holds options, never what was learned; it is safe to use from many threads.</summary>
public abstract class RecommendationMethod
{
    /// <summary>What it is called in tables and messages, such as <c>EASE-R</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Learns a model. The same seed gives the same model for any number of threads.</summary>
    /// <param name="interactions">Who did what.</param>
    /// <param name="environment">Seed, progress and cancellation.</param>
    public abstract RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment);
}
