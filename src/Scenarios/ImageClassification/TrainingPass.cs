namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>What a pass over the training pictures came to.</summary>
/// <param name="Number">The pass, from 1.</param>
/// <param name="Count">How many passes there will be.</param>
/// <param name="Loss">The mean loss of the training pictures as they were seen, changed at random.</param>
/// <param name="Accuracy">The share of them whose class was right.</param>
/// <param name="ValidationLoss">The mean loss of the validation pictures; NaN without them.</param>
/// <param name="ValidationAccuracy">The share of them whose class was right; NaN without them.</param>
/// <param name="ImagesPerSecond">How many pictures were learned from in a second of the pass, validation included.</param>
/// <param name="Seconds">How long the pass took, validation included.</param>
public sealed record TrainingPass(int Number, int Count, double Loss, double Accuracy, double ValidationLoss, double ValidationAccuracy, double ImagesPerSecond, double Seconds);
