namespace MLPipelines;

/// <summary>What the estimators of one <see cref="MLContext"/> share: the seed, progress and cancellation.</summary>
public sealed class TrainingEnvironment
{
    internal TrainingEnvironment(int? seed) => Seed = seed;

    /// <summary>The seed of the context; <see langword="null"/> when runs may differ.</summary>
    public int? Seed { get; }

    public IProgress<TrainingProgress>? Progress { get; set; }

    public CancellationToken CancellationToken { get; set; }

    internal int? GpuDeviceId { get; set; }

    internal bool FallbackToCpu { get; set; } = true;

    /// <summary>
    /// The seed for one use. It depends on the context's seed and the name of the use only, so that adding a step to a chain
    /// does not change what the other steps draw.
    /// </summary>
    /// <param name="purpose">The name of the use, such as a trainer's name.</param>
    /// <param name="seed">A seed that the caller fixed for this use; it wins.</param>
    public int SeedFor(string purpose, int? seed = null)
    {
        if ((seed ?? Seed) is not { } value) return Random.Shared.Next();
        uint hash = 2166136261;
        foreach (char c in purpose) hash = (hash ^ c) * 16777619;
        return (int)((hash ^ ((uint)value * 2654435769)) & int.MaxValue);
    }

    /// <summary>Reports progress and stops when the run was cancelled; called once per pass of a training loop.</summary>
    public void Report(string stage, int iteration, int iterationCount, double? loss = null)
    {
        CancellationToken.ThrowIfCancellationRequested();
        Progress?.Report(new TrainingProgress(stage, iteration, iterationCount, loss));
    }
}

/// <summary>How far a training loop has come.</summary>
/// <param name="Stage">What is being done, such as the name of the trainer.</param>
/// <param name="Iteration">The passes that are done.</param>
/// <param name="IterationCount">The passes that there will be at most.</param>
/// <param name="Loss">The loss after the last pass, where the trainer computes it.</param>
public readonly record struct TrainingProgress(string Stage, int Iteration, int IterationCount, double? Loss);
