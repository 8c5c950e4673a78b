namespace MLPipelines.Recommendation;

/// <summary>How <see cref="ItemNeighboursMethod"/> learns.</summary>
public sealed record ItemNeighboursOptions
{
    /// <summary>How many neighbours each item has at most; at least 1.</summary>
    public int Neighbours { get; init; } = 100;

    /// <summary>What is added to the product of norms: likeness by few users shrinks towards 0; at least 0.</summary>
    public double Shrinkage { get; init; } = 10;

    /// <summary>Whether every interaction counts 1, whatever its value.</summary>
    public bool IsBinary { get; init; }

    /// <summary>How many threads work; <see langword="null"/> for all cores. It changes no number.</summary>
    public int? NumberOfThreads { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1);
        if (!(Shrinkage >= 0 && double.IsFinite(Shrinkage))) throw new ArgumentOutOfRangeException(nameof(Shrinkage), Shrinkage, "It is a finite number of at least 0.");
        if (NumberOfThreads is < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfThreads), NumberOfThreads, "At least one thread is needed.");
    }
}
