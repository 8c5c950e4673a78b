namespace MLPipelines.Recommendation;

/// <summary>What methods that learn a vector for each user and item share.</summary>
public abstract record FactorOptions
{
    internal const int MaximumRank = 1024;

    private protected FactorOptions() { }

    /// <summary>The length of the vectors; 1 to 1,024. Multiples of 16 are fastest.</summary>
    public int Rank { get; init; } = 64;

    /// <summary>How many passes are made; at least 1.</summary>
    public int Iterations { get; init; } = 16;

    /// <summary>Fixes the first vectors and what is drawn; that of the context when left out.</summary>
    public int? Seed { get; init; }

    /// <summary>How many threads work; <see langword="null"/> for all cores. It changes no number.</summary>
    public int? NumberOfThreads { get; init; }

    internal virtual void Check()
    {
        if (Rank is < 1 or > MaximumRank) throw new ArgumentOutOfRangeException(nameof(Rank), Rank, "It is within 1 and 1,024.");
        if (Iterations < 1) throw new ArgumentOutOfRangeException(nameof(Iterations), Iterations, "At least one pass is needed.");
        if (NumberOfThreads is < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfThreads), NumberOfThreads, "At least one thread is needed.");
    }

    private protected static void RequireAtLeastZero(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, "It is a finite number of at least 0.");
    }

    /// <summary>First vectors: normal with a standard deviation.</summary>
    internal static float[] Draw(int count, int rank, double deviation, Random random)
    {
        float[] vectors = new float[checked(count * rank)];
        for (int i = 0; i < vectors.Length; i++) vectors[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return vectors;
    }
}
