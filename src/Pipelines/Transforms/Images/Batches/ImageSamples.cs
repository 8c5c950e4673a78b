using MLPipelines.Data;

namespace MLPipelines.Vision;

/// <summary>The samples of pictures as networks take them: gray, or red, green and blue.</summary>
public static class ImageSamples
{
    /// <summary>Writes the samples of a picture; alpha is left out.</summary>
    /// <param name="image">A picture of the shape's width and height.</param>
    /// <param name="shape">With 1 channel, 0.299 red + 0.587 green + 0.114 blue, rounded (as ITU-R BT.601).</param>
    /// <param name="pixels">As many bytes as the shape has numbers.</param>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public static void Copy(MLImage image, ImageShape shape, Span<byte> pixels)
    {
        ArgumentNullException.ThrowIfNull(image);
        if ((image.Width, image.Height) != (shape.Width, shape.Height)) throw new ArgumentException($"The picture has {image.Width} by {image.Height} pixels, expected {shape.Width} by {shape.Height}.", nameof(image));
        ReadOnlySpan<byte> source = image.Pixels;
        int red = image.PixelFormat == MLPixelFormat.Bgra32 ? 2 : 0, blue = 2 - red;
        for (int from = 0, to = 0; from < source.Length; from += 4, to += shape.Channels)
        {
            if (shape.Channels == 3) (pixels[to], pixels[to + 1], pixels[to + 2]) = (source[from + red], source[from + 1], source[from + blue]);
            else pixels[to] = (byte)((299 * source[from + red] + 587 * source[from + 1] + 114 * source[from + blue] + 500) / 1000);
        }
    }
}
