namespace MLPipelines.Trainers;

/// <summary>What the L-BFGS trainers share: options to solver, and the weights that come back.</summary>
internal static class LbfgsLearner
{
    /// <summary>Learns feature-major weights (see <see cref="ClassStride"/>) and one bias per score.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="scoreCount">One per class, or 1.</param>
    /// <param name="start">The weights, laid out alike (none for 0), and the biases to start from.</param>
    /// <param name="options">Options of the trainer.</param>
    /// <param name="name">The name of the trainer.</param>
    /// <param name="environment">Seed, progress and cancellation.</param>
    internal static (float[] Weights, float[] Biases) Learn<TLoss>(
        TrainingSet examples, int scoreCount, (float[]? Weights, float[] Biases) start, LbfgsOptionsBase options, string name, TrainingEnvironment environment)
        where TLoss : struct, IScoreLoss
    {
        int threads = options.NumberOfThreads ?? Environment.ProcessorCount;
        var objective = new LinearObjective<TLoss>(examples, scoreCount, options.L2Regularization, threads, environment.CancellationToken);
        float[] point = new float[objective.PointLength];
        if (start.Weights is { } weights) weights.CopyTo(point, 0);
        else if (options.InitialWeightsDiameter > 0) Scatter(point.AsSpan(0, objective.WeightCount), scoreCount, options.InitialWeightsDiameter, environment.SeedFor(name));
        start.Biases.CopyTo(point, objective.WeightCount);
        var settings = new LbfgsSettings
        {
            HistorySize = options.HistorySize,
            Tolerance = options.OptimizationTolerance,
            MaximumIterations = options.MaximumNumberOfIterations,
            L1 = options.L1Regularization / ExampleWeights.Sum(examples),
            PenalizedCount = objective.WeightCount,
            NonNegative = options.EnforceNonNegativity,
            Threads = threads,
        };
        LbfgsMinimizer.Minimize(objective, point, settings,
            (iteration, value) => environment.Report(name, iteration, options.MaximumNumberOfIterations, value));
        return (point[..objective.WeightCount], point[objective.WeightCount..(objective.WeightCount + scoreCount)]);
    }

    private static void Scatter(Span<float> weights, int scoreCount, float diameter, int seed)
    {
        var random = new Random(seed);
        int stride = ClassStride.For(scoreCount);
        for (int i = 0; i < weights.Length; i++)
            if (i % stride < scoreCount) weights[i] = diameter * (random.NextSingle() - 0.5f);
    }
}
