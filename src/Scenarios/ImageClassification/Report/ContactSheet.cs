using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Scenarios.Reports;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Shows pictures with what they were taken for, and where the model looked.</summary>
public static class ContactSheet
{
    private const int Side = 144;

    /// <summary>Adds pictures that were taken for something else to a page, the most wrong first.</summary>
    /// <param name="page">The page.</param>
    /// <param name="classifier">The model.</param>
    /// <param name="images">Pictures with what they were taken for.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static void AddMostWrong(HtmlPage page, ImageClassifier classifier, IReadOnlyList<ScoredImage> images, int most = 24, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(images);
        IReadOnlyList<ScoredImage> wrong = ScoredImage.MostWrong(images, most);
        if (wrong.Count == 0) return;
        page.Heading(wrong.Count == 1 ? "The picture it got wrong" : $"The {wrong.Count.ToString(CultureInfo.InvariantCulture)} pictures it got most wrong");
        page.Paragraph("Left the picture as the network sees it, right where it looked: a patch of the picture's mean colour was slid over it (occlusion). "
            + "Orange: what is there spoke for the label that was predicted; blue: it spoke against it.");
        page.Pictures(wrong.Select(image =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Entry(classifier, image);
        }));
    }

    private static PagePicture Entry(ImageClassifier classifier, ScoredImage scored)
    {
        using MLImage picture = scored.Image.Read();
        OcclusionMap map = OcclusionMap.Of(classifier, picture, scored.Prediction.Label);
        string told = $"{scored.Image.Label} → {scored.Prediction.Label} {Share(scored.Prediction.Probability)}";
        string known = $"{scored.Image.Label}: {Share(scored.Prediction.ProbabilityOf(scored.Image.Label))}. With the patch where it matters most, {scored.Prediction.Label}: {Share(map.LeastProbability)}.";
        return new PagePicture(
            [
                PageImage.Of(map.Image, Side, $"{scored.Image.Name}, a picture of {scored.Image.Label} taken for {scored.Prediction.Label}"),
                PageImage.Of(HeatMapDrawing.Draw(map, Side / 2), Side, $"Where the model looked when it took {scored.Image.Name} for {scored.Prediction.Label}: {Places(map)}"),
            ],
            told, $"{scored.Image.Name}\n{known}");
    }

    /// <summary>In words, where what spoke for the label is.</summary>
    private static string Places(OcclusionMap map)
    {
        int at = map.Weights.ToList().IndexOf(map.Weights.Max()), x = 3 * (at % map.Image.Width) / map.Image.Width, y = 3 * (at / map.Image.Width) / map.Image.Height;
        string down = y switch { 0 => "at the top", 1 => "in the middle", _ => "at the bottom" };
        return x switch { 0 => $"most of all {down} on the left", 1 => $"most of all {down}", _ => $"most of all {down} on the right" };
    }

    private static string Share(float probability) => probability.ToString(probability is < 0.1f or > 0.99f ? "P1" : "P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
}
