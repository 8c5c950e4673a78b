using MLPipelines.Data;

namespace MLPipelines.Scenarios.Reports;

/// <summary>Pictures side by side and what is to be said of them.</summary>
/// <param name="Images">The pictures.</param>
/// <param name="Caption">What they show.</param>
/// <param name="Note">More of it, in small letters; lines are separated by line breaks.</param>
public sealed record PagePicture(IReadOnlyList<PageImage> Images, string Caption, string Note);

/// <summary>A picture within a page.</summary>
/// <param name="Address">The picture itself, as a data address.</param>
/// <param name="Width">How wide it is shown, in pixels.</param>
/// <param name="Height">How high.</param>
/// <param name="Description">What it shows, for those who do not see it.</param>
public sealed record PageImage(string Address, int Width, int Height, string Description)
{
    // Pictures this small are drawn; photos are hardly smaller than that and lose little as JPEG.
    private const int SmallSide = 64, Quality = 82;

    /// <summary>A small copy of a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="side">The length of its longer side.</param>
    /// <param name="description">What it shows, for those who do not see it.</param>
    public static PageImage Of(MLImage image, int side, string description)
    {
        ArgumentNullException.ThrowIfNull(image);
        double scale = (double)side / Math.Max(image.Width, image.Height);
        int width = Math.Max(1, (int)Math.Round(scale * image.Width)), height = Math.Max(1, (int)Math.Round(scale * image.Height));
        using var file = new MemoryStream();
        bool isSmall = Math.Max(image.Width, image.Height) <= SmallSide;
        if (isSmall) PngEncoder.Write(file, image);
        else
        {
            // Twice as many pixels as places, for screens that have them.
            MLImage shown = scale >= 0.5 ? image : new Transforms.Image.ImageSizing(2 * width, 2 * height, Transforms.Image.ImageResizingEstimator.ResizingKind.Fill, default).Apply(image);
            JpegEncoder.Write(file, shown, Quality, halvedColors: true);
        }
        return new PageImage($"data:image/{(isSmall ? "png" : "jpeg")};base64,{Convert.ToBase64String(file.GetBuffer(), 0, (int)file.Length)}", width, height, description);
    }
}
