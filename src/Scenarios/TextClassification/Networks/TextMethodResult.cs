namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What a method reached on rows that it did not learn from.</summary>
/// <param name="Method">The method.</param>
/// <param name="Accuracy">The share of held-out rows that it got right.</param>
/// <param name="Seconds">How long it learned.</param>
public sealed record TextMethodResult(TextMethod Method, double Accuracy, double Seconds);

/// <summary>A text classifier, and the comparison that its method was chosen by.</summary>
/// <param name="Model">Text columns in; <c>PredictedLabel</c> (the label's own type) and <c>Score</c> (a probability per label) out. It learned from all rows.</param>
/// <param name="Chosen">The method.</param>
/// <param name="Compared">What each method reached, the most accurate first.</param>
/// <param name="HeldOutRows">How many rows they were compared on.</param>
/// <param name="Left">Why methods were not compared, one sentence each.</param>
public sealed record TextMethodComparison(ITransformer Model, TextMethod Chosen, IReadOnlyList<TextMethodResult> Compared, int HeldOutRows, IReadOnlyList<string> Left)
{
    /// <summary>The n-gram classifier's own choice, where it was chosen.</summary>
    public TextClassificationResult? Ngram { get; init; }
}
