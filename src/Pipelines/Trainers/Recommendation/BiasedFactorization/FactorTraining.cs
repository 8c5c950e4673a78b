namespace MLPipelines.Recommendation;

/// <summary>Learns the two sides of a factorization in turns. Work is cut by rows and sums are taken in one order, so threads change nothing.</summary>
internal sealed class FactorTraining
{
    // What to expect is learned when factors have taken shape, and their spread after one pass with a wide one.
    private const int PassesBeforeContext = 3, ContextSteps = 3;

    // Of few ratings factors may vanish before they have taken shape. A second start keeps their spread wide for longer, which many ratings are predicted a little worse by.
    private const int PassesBeforeSpread = 1, PassesBeforeSpreadAgain = 10;
    private const double Vanished = 0.05;

    private readonly Interactions _ratings;
    private readonly double _center;
    private readonly BiasedFactorizationOptions _options;
    private readonly TrainingEnvironment _environment;
    private readonly ParallelOptions _parallel;
    private readonly Random _random;

    internal FactorTraining(Interactions ratings, double center, BiasedFactorizationOptions options, TrainingEnvironment environment)
    {
        (_ratings, _center, _options, _environment) = (ratings, center, options, environment);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = options.NumberOfThreads ?? -1, CancellationToken = environment.CancellationToken };
        _random = new Random(environment.SeedFor("BiasedFactorization", options.Seed));
        (Users, Items) = Start();
    }

    internal FactorSide Users { get; private set; }

    internal FactorSide Items { get; private set; }

    /// <summary>The variance of ratings about their scores.</summary>
    internal double Noise { get; private set; }

    internal void Run(string stage)
    {
        Run(stage, PassesBeforeSpread);
        if (_options.Rank == 0 || LargestFactor(Users) * LargestFactor(Items) > Vanished * Math.Sqrt(Variance(_ratings, _center))) return;
        (Users, Items) = Start();
        Run(stage, PassesBeforeSpreadAgain);
    }

    private void Run(string stage, int passesBeforeSpread)
    {
        ExpectationRegression ofUsers = Regression(Users, _ratings, _ratings.Features?.Users), ofItems = Regression(Items, _ratings.ByItem, _ratings.Features?.Items);
        double least = 1e-6 * Noise;
        for (int pass = 0; pass < _options.NumberOfIterations; pass++)
        {
            Learn(Items, Users, _ratings.ByItem);
            double errors = Learn(Users, Items, _ratings);
            Noise = Math.Max(errors / _ratings.Count, least);
            if (pass >= PassesBeforeContext)
            {
                ofUsers.Learn(ContextSteps, _parallel);
                ofItems.Learn(ContextSteps, _parallel);
            }
            if (pass >= passesBeforeSpread)
            {
                Users.LearnSpread(_ratings);
                Items.LearnSpread(_ratings.ByItem);
            }
            _environment.Report(stage, pass + 1, _options.NumberOfIterations, Math.Sqrt(Noise));
        }
        // What is expected moved after the users were learned.
        Learn(Items, Users, _ratings.ByItem);
        Learn(Users, Items, _ratings);
    }

    private ExpectationRegression Regression(FactorSide side, Interactions ratings, Interactions? features) =>
        new(RatingContext.Of(ratings, features, _options.UsesRatedItems), side, _options.ContextRegularization);

    private static double LargestFactor(FactorSide side) => side.Means.Where((_, i) => i % side.Width > 0).DefaultIfEmpty(0).Max(Math.Abs);

    private (FactorSide Users, FactorSide Items) Start()
    {
        Noise = Variance(_ratings, _center);
        return (Start(_ratings, _ratings.Features?.Users), Start(_ratings.ByItem, _ratings.Features?.Items));
    }

    /// <summary>Factors that differ a little, within a spread in which a product of them reaches as far as ratings do.</summary>
    private FactorSide Start(Interactions ratings, Interactions? features)
    {
        int featureCount = features?.ItemCount ?? 0, rank = _options.Rank;
        if (features is not null && features.UserCount != ratings.UserCount)
            throw new ArgumentException($"There are side features of {features.UserCount} rows for {ratings.UserCount} users or items; expected as many.");
        var side = new FactorSide(ratings.UserCount, rank, featureCount, _options.UsesRatedItems ? ratings.ItemCount : 0);
        double spread = Math.Sqrt(Noise / Math.Max(1, rank)) / 4;
        for (int i = 0; i < side.Means.Length; i++)
        {
            if (i % side.Width > 0) side.Means[i] = Math.Sqrt(spread) * (_random.NextDouble() - 0.5) / 2;
            side.Variances[i] = spread / 16;
        }
        side.Spread.AsSpan().Fill(spread);
        side.Spread[0] = Noise / 6;
        return side;
    }

    /// <summary>Learns all rows of a side while the other stays.</summary>
    /// <returns>The sum of squared errors that is expected.</returns>
    private double Learn(FactorSide side, FactorSide other, Interactions ratings)
    {
        double[] errors = new double[side.Count];
        Parallel.For(0, side.Count, _parallel, () => new FactorStep(side.Width), (row, _, step) =>
        {
            errors[row] = step.Learn(side, row, other, ratings.ItemsOf(row), ratings.ValuesOf(row), _center, Noise);
            return step;
        }, _ => { });
        return errors.Sum();
    }

    /// <summary>The variance of ratings about a number, above 0.</summary>
    private static double Variance(Interactions ratings, double center)
    {
        double sum = 0;
        for (int user = 0; user < ratings.UserCount; user++)
        {
            foreach (float value in ratings.ValuesOf(user)) sum += (value - center) * (value - center);
        }
        return sum > 0 ? sum / ratings.Count : 1;
    }
}
