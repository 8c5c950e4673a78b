namespace MLPipelines.AutoML;

/// <summary>What came of an experiment over a table.</summary>
/// <param name="Model">
/// The winner, featurizing included, learned from all rows: a chain that saves and loads as any other. For classes
/// <c>PredictedLabel</c> (the label's own values) and <c>Score</c> (a probability per label) out; for numbers and ranking <c>Score</c>.
/// </param>
/// <param name="Winner">The row of the winner: a trial of the leaderboard, or the blend, whose number is the one after the last trial.</param>
/// <param name="Leaderboard">The trials in the order that they were begun, failed ones included.</param>
public sealed record TabularExperimentResult(ITransformer Model, LeaderboardRow Winner, IReadOnlyList<LeaderboardRow> Leaderboard)
{
    /// <summary>The name of the metric that was optimized.</summary>
    public required string MetricName { get; init; }

    /// <summary>Whether more of the metric is better.</summary>
    public required bool IsMaximized { get; init; }

    /// <summary>The metrics of the winner on the validation rows, by the names of <c>mlp evaluate</c>.</summary>
    public required IReadOnlyDictionary<string, double> ValidationMetrics { get; init; }

    /// <summary>The validation rows with the winner's predictions, made by models that did not learn from them; for classes with the label as the key column <see cref="HeldOutLabelColumn"/>.</summary>
    public required IDataView HeldOut { get; init; }

    /// <summary>The column of <see cref="HeldOut"/> with the right answers.</summary>
    public required string HeldOutLabelColumn { get; init; }

    /// <summary>The C# program that makes the winner again from its data: a file that compiles.</summary>
    public required string Code { get; init; }

    /// <summary>The columns that the model predicts from.</summary>
    public required IReadOnlyList<string> FeatureColumns { get; init; }

    /// <summary>Whether the winner learned from all rows; not where there was no time left to.</summary>
    public bool LearnedFromAllRows { get; init; }
}
