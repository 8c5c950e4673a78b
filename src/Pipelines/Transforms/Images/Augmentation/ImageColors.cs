using System.Numerics.Tensors;

namespace MLPipelines.Vision;

/// <summary>Changes the colours of pictures whose samples are from 0 to 1; what would be beyond stays at the nearer end.</summary>
internal static class ImageColors
{
    // How bright red, green and blue look (ITU-R BT.601).
    private const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;

    /// <summary>Brightness first, then contrast, then saturation.</summary>
    internal static void Apply(Span<float> pixels, ImageShape shape, in ImageChange change)
    {
        if (change.Brightness != 1)
        {
            TensorPrimitives.Multiply(pixels, change.Brightness, pixels);
            TensorPrimitives.Clamp(pixels, 0, 1, pixels);
        }
        if (change.Contrast != 1) Stretch(pixels, MeanBrightness(pixels, shape), change.Contrast);
        if (change.Saturation != 1 && shape.Channels == 3)
            for (int i = 0; i < pixels.Length; i += 3) Stretch(pixels.Slice(i, 3), BrightnessOf(pixels[i..]), change.Saturation);
    }

    /// <summary>Blanks out a square; where it reaches over the border, only what is inside.</summary>
    internal static void CutOut(Span<float> pixels, ImageShape shape, int size, in ImageChange change)
    {
        int left = Math.Max(0, change.HoleX - size / 2), right = Math.Min(shape.Width, change.HoleX - size / 2 + size);
        int top = Math.Max(0, change.HoleY - size / 2), bottom = Math.Min(shape.Height, change.HoleY - size / 2 + size);
        for (int y = top; y < bottom && left < right; y++) pixels.Slice((y * shape.Width + left) * shape.Channels, (right - left) * shape.Channels).Clear();
    }

    private static void Stretch(Span<float> pixels, float middle, float factor)
    {
        foreach (ref float sample in pixels) sample = Math.Clamp(middle + factor * (sample - middle), 0, 1);
    }

    private static float MeanBrightness(ReadOnlySpan<float> pixels, ImageShape shape)
    {
        double sum = 0;
        for (int i = 0; i < pixels.Length; i += shape.Channels) sum += shape.Channels == 3 ? BrightnessOf(pixels[i..]) : pixels[i];
        return (float)(sum * shape.Channels / pixels.Length);
    }

    private static float BrightnessOf(ReadOnlySpan<float> pixel) => Red * pixel[0] + Green * pixel[1] + Blue * pixel[2];
}
