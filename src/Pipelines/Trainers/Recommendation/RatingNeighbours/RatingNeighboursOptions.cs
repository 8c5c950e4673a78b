namespace MLPipelines.Recommendation;

/// <summary>How <see cref="RatingNeighboursMethod"/> learns.</summary>
public sealed record RatingNeighboursOptions
{
    /// <summary>How many neighbours each item has at most; at least 1.</summary>
    public int Neighbours { get; init; } = 100;

    /// <summary>How many users without any agreement are added to those who rated two items, 0 or more: few of them do not make items alike.</summary>
    public double SimilarityShrinkage { get; init; } = 100;

    /// <summary>What is added to the sum of the similarities that a rating is weighed by, 0 or more: few neighbours leave it near the baseline.</summary>
    public double RatingShrinkage { get; init; } = 0.2;

    /// <summary>The biases that neighbours add to.</summary>
    public RatingBaselineOptions Baseline { get; init; } = new();

    /// <summary>How many threads work; <see langword="null"/> for all cores. It changes no number.</summary>
    public int? NumberOfThreads { get; init; }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Baseline);
        Baseline.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1);
        if (!(SimilarityShrinkage >= 0 && double.IsFinite(SimilarityShrinkage))) throw new ArgumentOutOfRangeException(nameof(SimilarityShrinkage), SimilarityShrinkage, "It is a finite number, 0 or more.");
        if (!(RatingShrinkage >= 0 && double.IsFinite(RatingShrinkage))) throw new ArgumentOutOfRangeException(nameof(RatingShrinkage), RatingShrinkage, "It is a finite number, 0 or more.");
        if (NumberOfThreads is < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfThreads), NumberOfThreads, "At least one thread is needed.");
    }
}
