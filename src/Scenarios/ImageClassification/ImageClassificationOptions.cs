using MLPipelines.Vision;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>How an image classifier is trained. What is left out is chosen by the pictures.</summary>
public sealed record ImageClassificationOptions
{
    /// <summary>The network; <see cref="ImageClassificationTrainer.Architecture.Automatic"/> chooses by the pictures.</summary>
    public ImageClassificationTrainer.Architecture Architecture { get; init; } = ImageClassificationTrainer.Architecture.Automatic;

    /// <summary>
    /// The share of the pictures to measure by after each pass, which are not learned from, above 0 and below 1; 0 for none. Default 0.1; of many pictures
    /// no more than <see cref="MostValidationImages"/>.
    /// </summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Pictures that are held out for validation at most. Default 5,000.</summary>
    public int MostValidationImages { get; init; } = 5000;

    /// <summary>About how long training may take: so few passes are made that it fits. <see langword="null"/> for as many as are useful.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>A folder for checkpoints, which training resumes from after it was broken off; <see langword="null"/> for none.</summary>
    public string? Workspace { get; init; }

    /// <summary>Changes the trainer's options once they are chosen.</summary>
    public Action<ImageClassificationTrainer.Options>? Adjust { get; init; }

    /// <summary>Is told what each pass came to.</summary>
    public Action<TrainingPass>? PassEnded { get; init; }
}
