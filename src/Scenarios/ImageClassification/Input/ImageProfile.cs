using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>What the pictures to learn from look like.</summary>
/// <param name="Pictures">How many there are.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Width">The median width in pixels.</param>
/// <param name="Height">The median height in pixels.</param>
/// <param name="HaveOneSize">Whether all that were looked at have this width and height.</param>
/// <param name="AreGray">Whether all that were looked at have no colours.</param>
public sealed record ImageProfile(int Pictures, int Classes, int Width, int Height, bool HaveOneSize, bool AreGray)
{
    private const int Most = 500;

    /// <summary>Looks at up to 500 pictures, spread evenly; those that cannot be read do not count.</summary>
    /// <exception cref="MLPipelinesException">None of them can be read.</exception>
    public static ImageProfile Of(LabelledImages images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        int count = images.Images.Count, looked = Math.Min(count, Most);
        var spread = new LabelledImages(images.Source, [.. Enumerable.Range(0, looked).Select(i => images.Images[(int)((long)i * count / looked)])], images.Classes);
        IReadOnlyList<(int Width, int Height, bool IsGray)> seen = spread.ReadAll(image => (image.Width, image.Height, IsGray(image)), cancellation).Values;
        int width = Median([.. seen.Select(one => one.Width)]), height = Median([.. seen.Select(one => one.Height)]);
        return new ImageProfile(count, images.Classes.Count, width, height, seen.All(one => one.Width == width && one.Height == height), seen.All(one => one.IsGray));
    }

    private static int Median(int[] numbers)
    {
        Array.Sort(numbers);
        return numbers[numbers.Length / 2];
    }

    private static bool IsGray(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i += 4)
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) return false;
        return true;
    }
}
