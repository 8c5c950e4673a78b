using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>What a training of an image classifier came to.</summary>
/// <param name="Classifier">What was learned.</param>
/// <param name="Network">The network, in a line: its kind, the size of its pictures, its parameters.</param>
/// <param name="Passes">What each pass came to, in order.</param>
/// <param name="TrainedOn">How many pictures it learned from.</param>
/// <param name="Unreadable">What is wrong with the pictures that could not be read, each with its name.</param>
public sealed record ImageClassificationResult(ImageClassifier Classifier, string Network, IReadOnlyList<TrainingPass> Passes, int TrainedOn, IReadOnlyList<string> Unreadable)
{
    /// <summary>The kind of network.</summary>
    public required Vision.ImageClassificationTrainer.Architecture Architecture { get; init; }

    /// <summary>The pictures that were held out for validation; <see langword="null"/> for none.</summary>
    public LabelledImages? Validation { get; init; }
}
