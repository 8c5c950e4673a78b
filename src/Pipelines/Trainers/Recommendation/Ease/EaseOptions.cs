namespace MLPipelines.Recommendation;

/// <summary>How <see cref="EaseMethod"/> learns.</summary>
public sealed record EaseOptions
{
    /// <summary>The greatest number of items unless another is set: 20,000 items take 3.2 GB while learning, and 1.6 GB after.</summary>
    public const int DefaultMaximumItemCount = 20_000;

    /// <summary>What is added to the diagonal of the products of items; above 0. More keeps weights between items smaller.</summary>
    public double Regularization { get; init; } = 500;

    /// <summary>Whether every interaction counts 1, whatever its value: right where values are ratings and any of them is of interest.</summary>
    public bool IsBinary { get; init; }

    /// <summary>The greatest number of items that it takes on: memory grows with its square, time with its cube. At most 46,000.</summary>
    public int MaximumItemCount { get; init; } = DefaultMaximumItemCount;

    /// <summary>How many threads work; <see langword="null"/> for all cores. It changes no number.</summary>
    public int? NumberOfThreads { get; init; }

    internal void Check()
    {
        if (!(Regularization > 0 && double.IsFinite(Regularization))) throw new ArgumentOutOfRangeException(nameof(Regularization), Regularization, "It is a finite number above 0.");
        if (MaximumItemCount is < 1 or > 46_000) throw new ArgumentOutOfRangeException(nameof(MaximumItemCount), MaximumItemCount, "It is within 1 and 46,000.");
        if (NumberOfThreads is < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfThreads), NumberOfThreads, "At least one thread is needed.");
    }
}
