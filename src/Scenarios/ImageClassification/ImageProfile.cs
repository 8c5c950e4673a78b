using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>What pictures to learn from look like, by some of them.</summary>
/// <param name="Count">How many pictures there are.</param>
/// <param name="Classes">How many classes have pictures.</param>
/// <param name="Side">The median of the shorter sides, in pixels.</param>
/// <param name="IsGrey">Whether no picture has colours.</param>
public sealed record ImageProfile(int Count, int Classes, int Side, bool IsGrey)
{
    private const int Looked = 48;

    /// <summary>Looks at some pictures, spread evenly; those that cannot be read say nothing.</summary>
    internal static ImageProfile Of(LabelledImages images, CancellationToken cancellation)
    {
        LabelledImage[] looked = [.. Enumerable.Range(0, Math.Min(Looked, images.Images.Count)).Select(i => images.Images[(int)((long)i * images.Images.Count / Math.Min(Looked, images.Images.Count))])];
        var seen = new LabelledImages(images.Source, looked, images.Classes).ReadAll(image => (Side: Math.Min(image.Width, image.Height), IsGrey: HasNoColor(image)), cancellation);
        int[] sides = [.. seen.Values.Select(value => value.Side).Order()];
        return new ImageProfile(images.Images.Count, images.Counts.Count(count => count > 0), sides[sides.Length / 2], seen.Values.All(value => value.IsGrey));
    }

    private static bool HasNoColor(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i += 4)
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) return false;
        return true;
    }
}
