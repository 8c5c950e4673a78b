namespace MLPipelines.Recommendation;

/// <summary>
/// Implicit alternating least squares: vectors of users and items that minimise Σ c (p − x·y)² over all pairs, plus λ times the squares of vectors, where p is 1 for what users did
/// and 0 for all else, and the confidence c is 1 + α · value of what they did and 1 of all else. Users and items are solved in turn, each exactly.
/// </summary>
/// <remarks>Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback datasets" (2008).</remarks>
public sealed class ImplicitAlsMethod : RecommendationMethod
{
    private readonly ImplicitAlsOptions _options;

    /// <param name="options">How it learns; the defaults when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ImplicitAlsMethod(ImplicitAlsOptions? options = null)
    {
        _options = options ?? new ImplicitAlsOptions();
        _options.Check();
    }

    public override string Name => "Implicit ALS";

    /// <exception cref="MLPipelinesException">A value is negative: there is no confidence less than that of nothing.</exception>
    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        ImplicitAlsModel.RequireConfidences(interactions);
        var random = new Random(environment.SeedFor(Name, _options.Seed));
        float[] items = FactorOptions.Draw(interactions.ItemCount, _options.Rank, 0.1 / Math.Sqrt(_options.Rank), random);
        float[] users = new float[interactions.UserCount * _options.Rank];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NumberOfThreads ?? -1, CancellationToken = environment.CancellationToken };
        for (int pass = 0; pass < _options.Iterations; pass++)
        {
            environment.Report(Name, pass, _options.Iterations);
            SolveAll(_options, interactions, items, users, parallel);
            SolveAll(_options, interactions.ByItem, users, items, parallel);
        }
        environment.Report(Name, _options.Iterations, _options.Iterations);
        // Users are solved last, so that folding in a user again changes nothing.
        SolveAll(_options, interactions, items, users, parallel);
        return new ImplicitAlsModel(_options, users, items);
    }

    /// <summary>The best vectors of all rows while those of columns stay as they are.</summary>
    private static void SolveAll(ImplicitAlsOptions options, Interactions rows, float[] columns, float[] vectors, ParallelOptions parallel)
    {
        double[] squares = ConfidenceSolver.Squares(columns, options.Rank, parallel);
        Parallel.For(0, rows.UserCount, parallel, () => new ConfidenceSolver(options), (row, _, solver) =>
        {
            solver.Solve(squares, columns, rows.ItemsOf(row), rows.ValuesOf(row), vectors.AsSpan(row * options.Rank, options.Rank));
            return solver;
        }, _ => { });
    }
}
