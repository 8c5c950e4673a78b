using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Shows pictures with what they were taken for, and where the model looked.</summary>
public static class ContactSheet
{
    private const int Side = 144;

    private const string Legend = "Left the picture as the network sees it, right where it looked: a patch of the picture's mean colour was slid over it (occlusion). "
        + "Orange: what is there spoke for the label that was predicted; blue: it spoke against it.";

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
        page.Heading(wrong.Count == 1 ? "The picture it got wrong" : string.Create(CultureInfo.InvariantCulture, $"The {wrong.Count} pictures it got most wrong"));
        page.Paragraph(Legend);
        page.Pictures(wrong.Select(image =>
        {
            cancellation.ThrowIfCancellationRequested();
            MLImage picture = image.Image.Read();
            OcclusionMap map = OcclusionMap.Of(classifier, picture, image.Prediction.Label);
            return Entry(image.Image.Name, map, $"{image.Image.Label} → {map.Label} {Share(map.Probability)}", $"{image.Image.Label}: {Share(image.Prediction.ProbabilityOf(image.Image.Label))}. ",
                $", a picture of {image.Image.Label} taken for {map.Label}");
        }));
    }

    /// <summary>Adds pictures to a page with where the model looked.</summary>
    internal static void Add(HtmlPage page, IEnumerable<(LabelledImage Image, OcclusionMap Map)> explained)
    {
        page.Paragraph(Legend);
        page.Pictures(explained.Select(entry => Entry(entry.Image.Name, entry.Map, $"{entry.Map.Label} {Share(entry.Map.Probability)}", "", $", taken for {entry.Map.Label}")));
    }

    private static PagePicture Entry(string name, OcclusionMap map, string caption, string known, string shown) => new(
        [
            PageImage.Of(map.Image, Side, name + shown),
            PageImage.Of(HeatMapDrawing.Draw(map, Side / 2), Side, $"Where the model looked: most of all {map.Place}"),
        ],
        caption, $"{name}\n{known}With the patch {map.Place}, {map.Label}: {Share(map.LeastProbability)}.");

    private static string Share(float probability) => probability.ToString(probability is < 0.1f or > 0.99f ? "P1" : "P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
}
