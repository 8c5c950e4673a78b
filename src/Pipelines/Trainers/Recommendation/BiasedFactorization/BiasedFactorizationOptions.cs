namespace MLPipelines.Recommendation;

/// <summary>How <see cref="BiasedFactorizationMethod"/> learns. What keeps factors small is not set: it is learned from the ratings.</summary>
public sealed record BiasedFactorizationOptions
{
    /// <summary>How many factors users and items have, 0 to 500; 0 leaves the biases.</summary>
    public int Rank { get; init; } = 10;

    /// <summary>How often users and items take turns, 1 or more.</summary>
    public int NumberOfIterations { get; init; } = 40;

    /// <summary>
    /// Whether what a user rated, and who rated an item, says what to expect of them before the ratings are looked at, as in SVD++: most users choose what they
    /// will like.
    /// </summary>
    public bool UsesRatedItems { get; init; } = true;

    /// <summary>The ridge of the regression that says what to expect, above 0. More trusts what was rated, and side features, less.</summary>
    public double ContextRegularization { get; init; } = 1;

    /// <summary>How many threads work; <see langword="null"/> for all cores. It changes no number.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>A seed for this use; <see langword="null"/> for that of the context.</summary>
    public int? Seed { get; init; }

    internal void Check()
    {
        if (Rank is < 0 or > 500) throw new ArgumentOutOfRangeException(nameof(Rank), Rank, "It is within 0 and 500.");
        if (NumberOfIterations < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfIterations), NumberOfIterations, "At least one iteration is needed.");
        if (!(ContextRegularization > 0 && double.IsFinite(ContextRegularization))) throw new ArgumentOutOfRangeException(nameof(ContextRegularization), ContextRegularization, "It is a finite number above 0.");
        if (NumberOfThreads is < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfThreads), NumberOfThreads, "At least one thread is needed.");
    }
}
