namespace MLPipelines.Recommendation;

/// <summary>
/// Ratings as a mean, biases of users and items, and a product of their factors: r ≈ μ + b_u + c_i + p_u · q_i. Users and items each have a Gaussian prior
/// whose mean is a linear function of what was rated and of side features, and whose variance is learned; so is the noise of ratings. The posterior is
/// approximated by independent Gaussians of users and items (variational Bayes), which take turns in closed form: nothing is tuned, no rate of learning is
/// needed, and a new user is learned as the known ones were.
/// </summary>
/// <remarks>
/// Lim and Teh, "Variational Bayesian approach to movie rating prediction" (2007); the prior of Agarwal and Chen, "Regression-based latent factor models"
/// (2009), with the implicit term of Koren's SVD++ (2008) on both sides. Memory is 4 × (users + items) × (rank + 1) numbers of 8 bytes beside the ratings.
/// </remarks>
public sealed class BiasedFactorizationMethod : RecommendationMethod
{
    private readonly BiasedFactorizationOptions _options;

    /// <param name="options">How it learns; the defaults when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public BiasedFactorizationMethod(BiasedFactorizationOptions? options = null)
    {
        _options = options ?? new BiasedFactorizationOptions();
        _options.Check();
    }

    public override string Name => "Biased factorization";

    /// <exception cref="MLPipelinesException">There are no ratings.</exception>
    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        RatingScale scale = RatingScale.Of(interactions, Name);
        var training = new FactorTraining(interactions, scale.Mean, _options, environment);
        training.Run(Name);
        return new BiasedFactorizationModel(scale, training.Noise, _options.UsesRatedItems, training.Users, training.Items);
    }
}
