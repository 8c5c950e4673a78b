namespace MLPipelines.Recommendation;

/// <summary>How <see cref="BprMethod"/> learns.</summary>
public sealed record BprOptions : FactorOptions
{
    public BprOptions() => Iterations = 100;

    /// <summary>How far each step goes; above 0.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>λ, the weight of the squares of vectors; at least 0.</summary>
    public double Regularization { get; init; } = 0.01;

    internal override void Check()
    {
        base.Check();
        RequireAtLeastZero(Regularization, nameof(Regularization));
        if (!(LearningRate > 0 && double.IsFinite(LearningRate))) throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "It is a finite number above 0.");
    }
}
