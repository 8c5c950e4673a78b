namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>A picture with its right label and what a model takes it for.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Prediction">What it is taken for.</param>
public sealed record ScoredImage(LabelledImage Image, ImagePrediction Prediction)
{
    /// <summary>Whether it is taken for something else.</summary>
    public bool IsWrong => Prediction.Label != Image.Label;

    /// <summary>The pictures that were taken most wrong: those whose right label was least probable come first.</summary>
    /// <param name="images">Pictures of any kind.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<ScoredImage> MostWrong(IEnumerable<ScoredImage> images, int count) =>
        [.. images.Where(image => image.IsWrong).OrderBy(image => image.Prediction.ProbabilityOf(image.Image.Label)).ThenByDescending(image => image.Prediction.Probability).Take(count)];
}
