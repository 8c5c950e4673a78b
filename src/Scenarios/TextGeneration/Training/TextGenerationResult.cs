namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>What a training of a text generator came to.</summary>
/// <param name="Generator">What was learned.</param>
/// <param name="Network">The network, in a line.</param>
/// <param name="Passes">What each pass came to, in order; those before training was broken off are not among them.</param>
/// <param name="Documents">How many texts there were.</param>
/// <param name="TrainedOn">How many tokens it learned from.</param>
/// <param name="ValidatedOn">How many it was measured by; 0 where there are too few for it.</param>
/// <param name="ValidationLoss">The mean loss of these, of the weights that were taken; NaN without them.</param>
public sealed record TextGenerationResult(TextGenerator Generator, string Network, IReadOnlyList<TextTrainingPass> Passes, int Documents, int TrainedOn, int ValidatedOn, double ValidationLoss)
{
    /// <summary>Among how many equally probable tokens the model would be as uncertain; NaN without tokens to measure by.</summary>
    public double ValidationPerplexity => Math.Exp(ValidationLoss);
}
