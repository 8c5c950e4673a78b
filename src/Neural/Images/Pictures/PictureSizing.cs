using MLPipelines.Data;

namespace MLPipelines.Neural.Images;

/// <summary>Chooses the size that pictures are brought to, by some of them.</summary>
internal static class PictureSizing
{
    /// <summary>Pictures up to this are used as they are.</summary>
    private const int Small = 64;

    /// <summary>Larger ones are made this small: training on a processor is still a matter of minutes for hundreds of photos.</summary>
    private const int Usual = 128;

    private const int Least = 8;

    internal static (int Height, int Width) Choose(IReadOnlyList<MLImage> images)
    {
        if (images.Count == 0) return (Small, Small);
        (int height, int width) = (images[0].Height, images[0].Width);
        if (height <= Small && width <= Small && images.All(image => (image.Height, image.Width) == (height, width))) return (Math.Max(Least, height), Math.Max(Least, width));
        int[] sides = [.. images.Select(image => Math.Min(image.Height, image.Width)).Order()];
        int side = sides[sides.Length / 2];
        // Sides that can be halved often lose no border to pooling.
        side = side <= Small ? Math.Max(Least, side) : Math.Min(Usual, side / 16 * 16);
        return (side, side);
    }
}
