namespace MLPipelines.Trainers;

/// <summary>Settings of <see cref="LbfgsMinimizer"/>.</summary>
internal sealed record LbfgsSettings
{
    /// <summary>How many past steps shape the next one; at least 1.</summary>
    public int HistorySize { get; init; } = 20;

    /// <summary>Ends when the mean relative improvement over five iterations is smaller; above 0.</summary>
    public double Tolerance { get; init; } = 1e-7;

    public int MaximumIterations { get; init; } = int.MaxValue;

    /// <summary>The weight of the sum of magnitudes of the first <see cref="PenalizedCount"/> numbers.</summary>
    public double L1 { get; init; }

    /// <summary>How many numbers, from the first, are subject to <see cref="L1"/> and <see cref="NonNegative"/>.</summary>
    public int PenalizedCount { get; init; }

    /// <summary>Keeps the first <see cref="PenalizedCount"/> numbers from being below 0.</summary>
    public bool NonNegative { get; init; }

    public int Threads { get; init; } = 1;
}
