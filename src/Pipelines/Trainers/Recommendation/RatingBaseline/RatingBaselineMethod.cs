namespace MLPipelines.Recommendation;

/// <summary>
/// A rating is a mean, and how far the user and the item lie from it: the baseline that other methods of ratings have to beat. It minimises
/// Σ (r − μ − b_u − c_i)² + λ_u Σ b_u² + λ_i Σ c_i², items and users in turns.
/// </summary>
/// <remarks>Koren, "Factor in the neighbors: scalable and accurate collaborative filtering" (2010), section 2.1.</remarks>
public sealed class RatingBaselineMethod : RecommendationMethod
{
    private readonly RatingBaselineOptions _options;

    /// <param name="options">How it learns; the defaults when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RatingBaselineMethod(RatingBaselineOptions? options = null)
    {
        _options = options ?? new RatingBaselineOptions();
        _options.Check();
    }

    public override string Name => "Rating baseline";

    /// <exception cref="MLPipelinesException">There are no ratings.</exception>
    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        RatingScale scale = RatingScale.Of(interactions, Name);
        double[] users = new double[interactions.UserCount], items = new double[interactions.ItemCount];
        for (int pass = 0; pass < _options.NumberOfIterations; pass++)
        {
            Learn(interactions.ByItem, scale.Mean, _options.ItemRegularization, users, items);
            Learn(interactions, scale.Mean, _options.UserRegularization, items, users);
            environment.Report(Name, pass + 1, _options.NumberOfIterations, Objective(interactions, scale.Mean, users, items));
        }
        return new RatingBaselineModel(scale, users, items, _options.UserRegularization, _options.ItemRegularization);
    }

    /// <summary>The biases of one side while the other stays.</summary>
    internal static void Learn(Interactions ratings, double mean, double regularization, ReadOnlySpan<double> others, Span<double> biases)
    {
        for (int row = 0; row < biases.Length; row++) biases[row] = BiasOf(ratings.ItemsOf(row), ratings.ValuesOf(row), mean, regularization, others);
    }

    internal static double BiasOf(ReadOnlySpan<int> items, ReadOnlySpan<float> values, double mean, double regularization, ReadOnlySpan<double> others)
    {
        double sum = 0;
        for (int i = 0; i < items.Length; i++) sum += values[i] - mean - others[items[i]];
        return items.Length == 0 ? 0 : sum / (regularization + items.Length);
    }

    private double Objective(Interactions ratings, double mean, double[] users, double[] items)
    {
        double sum = (_options.UserRegularization * users.Sum(bias => bias * bias)) + (_options.ItemRegularization * items.Sum(bias => bias * bias));
        for (int user = 0; user < users.Length; user++)
        {
            ReadOnlySpan<int> rated = ratings.ItemsOf(user);
            ReadOnlySpan<float> values = ratings.ValuesOf(user);
            for (int i = 0; i < rated.Length; i++)
            {
                double error = values[i] - mean - users[user] - items[rated[i]];
                sum += error * error;
            }
        }
        return sum;
    }
}
