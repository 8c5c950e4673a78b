namespace MLPipelines.Recommendation;

/// <summary>How <see cref="RatingBaselineMethod"/> learns.</summary>
public sealed record RatingBaselineOptions
{
    /// <summary>How many ratings of an average item are added to those of each item, 0 or more: few ratings stay near the mean.</summary>
    public double ItemRegularization { get; init; } = 10;

    /// <summary>How many ratings of an average user are added to those of each user, 0 or more.</summary>
    public double UserRegularization { get; init; } = 15;

    /// <summary>How often items and users take turns, 1 or more.</summary>
    public int NumberOfIterations { get; init; } = 10;

    internal void Check()
    {
        if (!(ItemRegularization >= 0 && double.IsFinite(ItemRegularization))) throw new ArgumentOutOfRangeException(nameof(ItemRegularization), ItemRegularization, "It is a finite number, 0 or more.");
        if (!(UserRegularization >= 0 && double.IsFinite(UserRegularization))) throw new ArgumentOutOfRangeException(nameof(UserRegularization), UserRegularization, "It is a finite number, 0 or more.");
        if (NumberOfIterations < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfIterations), NumberOfIterations, "At least one iteration is needed.");
    }
}
