namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>What a pass over the text came to.</summary>
/// <param name="Number">The pass, from 1.</param>
/// <param name="Count">How many passes there will be at most.</param>
/// <param name="Loss">The mean loss of a token, -ln of its probability, while it was learned from.</param>
/// <param name="ValidationLoss">That of the tokens that are not learned from; NaN without them.</param>
/// <param name="TokensPerSecond">How many tokens were learned from in a second of the pass, validation included.</param>
/// <param name="Seconds">How long the pass took, validation included.</param>
public sealed record TextTrainingPass(int Number, int Count, double Loss, double ValidationLoss, double TokensPerSecond, double Seconds)
{
    /// <summary>Among how many equally probable tokens the model would be as uncertain, of those that are not learned from; NaN without them.</summary>
    public double ValidationPerplexity => Math.Exp(ValidationLoss);
}
