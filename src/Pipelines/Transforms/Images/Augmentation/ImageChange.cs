using MLPipelines.Data;

namespace MLPipelines.Vision;

/// <summary>What was drawn for one picture.</summary>
/// <param name="FlipX">Whether left and right change places.</param>
/// <param name="FlipY">Whether top and bottom change places.</param>
/// <param name="ShiftX">How far it moves to the right, in pixels.</param>
/// <param name="ShiftY">How far it moves down, in pixels.</param>
/// <param name="Angle">How far it is turned, counter-clockwise, in radians.</param>
/// <param name="Brightness">What its samples are multiplied by.</param>
/// <param name="Contrast">What their distances to the mean brightness are multiplied by.</param>
/// <param name="Saturation">What their distances to their pixel's brightness are multiplied by.</param>
/// <param name="HoleX">The column in the middle of the hole.</param>
/// <param name="HoleY">The row in the middle of the hole.</param>
internal readonly record struct ImageChange(
    bool FlipX, bool FlipY, int ShiftX, int ShiftY, float Angle, float Brightness, float Contrast, float Saturation, int HoleX, int HoleY)
{
    internal static ImageChange None { get; } = new(false, false, 0, 0, 0, 1, 1, 1, 0, 0);

    /// <param name="augmentation">What may be done.</param>
    /// <param name="shape">The size of the picture.</param>
    /// <param name="seed">Fixes what is drawn, together with the next two.</param>
    /// <param name="pass">The number of the pass over all pictures.</param>
    /// <param name="row">The picture.</param>
    internal static ImageChange Draw(ImageAugmentation augmentation, ImageShape shape, int seed, int pass, int row)
    {
        var random = new SplitMixRandom(seed, pass, row);
        // Everything is drawn, whatever is used: switching one setting on does not change what the others draw.
        bool flipX = random.Next(2) == 1, flipY = random.Next(2) == 1;
        int shiftX = random.Next(2 * augmentation.CropPadding + 1) - augmentation.CropPadding, shiftY = random.Next(2 * augmentation.CropPadding + 1) - augmentation.CropPadding;
        float angle = Around(0, augmentation.Rotation * Math.PI / 180, ref random);
        float brightness = Around(1, augmentation.Brightness, ref random), contrast = Around(1, augmentation.Contrast, ref random), saturation = Around(1, augmentation.Saturation, ref random);
        return new ImageChange(
            flipX && augmentation.HorizontalFlip, flipY && augmentation.VerticalFlip, shiftX, shiftY, angle, brightness, contrast, saturation, random.Next(shape.Width), random.Next(shape.Height));
    }

    private static float Around(double middle, double reach, ref SplitMixRandom random) => (float)(middle + reach * (2.0 * random.NextSingle() - 1));
}
