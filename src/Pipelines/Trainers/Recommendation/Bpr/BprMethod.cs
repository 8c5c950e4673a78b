namespace MLPipelines.Recommendation;

/// <summary>
/// Bayesian personalized ranking: vectors of users and items learned from pairs, an item that a user took and one drawn from those that the user did not take. Values do
/// not matter.
/// </summary>
/// <remarks>
/// Rendle et al., "BPR: Bayesian personalized ranking from implicit feedback" (2009). In each pass users and items are dealt into blocks, and blocks that share
/// neither are learned at the same time (Gemulla et al. 2011), so that the number of threads changes nothing.
/// </remarks>
public sealed class BprMethod : RecommendationMethod
{
    private const int Blocks = 8;

    private readonly BprOptions _options;

    /// <param name="options">How it learns; the defaults when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public BprMethod(BprOptions? options = null)
    {
        _options = options ?? new BprOptions();
        _options.Check();
    }

    public override string Name => "BPR";

    public override RecommenderModel Fit(Interactions interactions, TrainingEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        var random = new Random(environment.SeedFor(Name, _options.Seed));
        double deviation = 0.1 / Math.Sqrt(_options.Rank);
        float[] users = FactorOptions.Draw(interactions.UserCount, _options.Rank, deviation, random);
        float[] items = FactorOptions.Draw(interactions.ItemCount, _options.Rank, deviation, random);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.NumberOfThreads ?? -1, CancellationToken = environment.CancellationToken };
        int[] dealt = [.. Enumerable.Range(0, interactions.ItemCount)];
        for (int pass = 0; pass < _options.Iterations; pass++)
        {
            random.Shuffle(dealt);
            int seed = random.Next();
            double wrong = Pass(interactions, users, items, dealt, seed, parallel);
            environment.Report(Name, pass + 1, _options.Iterations, wrong / Math.Max(1, interactions.Count));
        }
        return new BprModel(_options, users, items);
    }

    /// <returns>The sum of how wrong pairs were before their step.</returns>
    private double Pass(Interactions interactions, float[] users, float[] items, int[] dealt, int seed, ParallelOptions parallel)
    {
        int[] blockOf = new int[dealt.Length];
        for (int i = 0; i < dealt.Length; i++) blockOf[dealt[i]] = (int)((long)i * Blocks / dealt.Length);
        var pairs = new List<(int User, int Item)>[Blocks * Blocks];
        Parallel.For(0, Blocks, parallel, block =>
        {
            for (int other = 0; other < Blocks; other++) pairs[(block * Blocks) + other] = [];
            for (int user = block; user < interactions.UserCount; user += Blocks)
            {
                foreach (int item in interactions.ItemsOf(user)) pairs[(block * Blocks) + blockOf[item]].Add((user, item));
            }
        });
        double[] wrong = new double[Blocks * Blocks];
        for (int turn = 0; turn < Blocks; turn++)
        {
            Parallel.For(0, Blocks, parallel, block =>
            {
                int other = (block + turn) % Blocks, cell = (block * Blocks) + other;
                // The items of block b are those dealt from ⌈b n / Blocks⌉ on.
                int first = (int)((((long)other * dealt.Length) + Blocks - 1) / Blocks), end = (int)((((long)(other + 1) * dealt.Length) + Blocks - 1) / Blocks);
                wrong[cell] = Learn(interactions, users, items, pairs[cell], dealt.AsSpan(first, end - first), new Random(seed ^ (cell * 7919)));
            });
        }
        return wrong.Sum();
    }

    private double Learn(Interactions interactions, float[] users, float[] items, List<(int User, int Item)> pairs, ReadOnlySpan<int> candidates, Random random)
    {
        int rank = _options.Rank;
        var step = new BprStep((float)_options.LearningRate, (float)_options.Regularization, rank);
        double wrong = 0;
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pairs));
        foreach (var (user, item) in pairs)
        {
            int other = BprStep.DrawOther(interactions.ItemsOf(user), candidates, random);
            if (other >= 0) wrong += step.Take(users.AsSpan(user * rank, rank), items.AsSpan(item * rank, rank), items.AsSpan(other * rank, rank), isUserOnly: false);
        }
        return wrong;
    }
}
