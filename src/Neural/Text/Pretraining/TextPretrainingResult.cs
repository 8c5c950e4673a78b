namespace MLPipelines.Pretraining;

/// <summary>What pretraining came to.</summary>
/// <param name="Texts">How many different texts were learned from.</param>
/// <param name="Repeated">How many more there were that had come before.</param>
/// <param name="HeldOut">How many of the texts were held out.</param>
/// <param name="Tokens">How many tokens the texts have.</param>
/// <param name="VocabularySize">How many tokens the tokenizer has.</param>
/// <param name="Parameters">How many numbers the encoder has.</param>
/// <param name="MaskedAccuracy">The share of hidden tokens of held-out texts that are guessed right; NaN where none were held out.</param>
/// <param name="ValidationLoss">The mean of -log p of hidden tokens of held-out texts; NaN where none were held out.</param>
public sealed record TextPretrainingResult(int Texts, int Repeated, int HeldOut, long Tokens, int VocabularySize, long Parameters, double MaskedAccuracy, double ValidationLoss);
