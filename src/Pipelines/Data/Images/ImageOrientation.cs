using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>Turns pictures as the EXIF orientation says (JEITA CP-3451, tag 0x0112).</summary>
internal static class ImageOrientation
{
    /// <summary>The picture as it is to be shown. A number that is none of 1 to 8 turns nothing.</summary>
    internal static DecodedImage Upright(DecodedImage image)
    {
        int orientation = image.Orientation;
        if (orientation is < 2 or > 8) return image with { Orientation = 1 };
        bool turned = orientation >= 5;
        int width = turned ? image.Height : image.Width, height = turned ? image.Width : image.Height;
        var source = MemoryMarshal.Cast<byte, uint>(image.Pixels);
        byte[] pixels = new byte[image.Pixels.Length];
        var target = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        // Where the first pixel is in the stored picture, and how far from it the next one to the right and below are.
        int right = image.Width - 1, bottom = (image.Height - 1) * image.Width, line = image.Width;
        var (first, across, down) = orientation switch
        {
            2 => (right, -1, line),
            3 => (bottom + right, -1, -line),
            4 => (bottom, 1, -line),
            5 => (0, line, 1),
            6 => (bottom, -line, 1),
            7 => (bottom + right, -line, -1),
            _ => (right, line, -1),
        };
        for (int y = 0, to = 0; y < height; y++)
            for (int x = 0, from = first + y * down; x < width; x++, from += across) target[to++] = source[from];
        return new DecodedImage(width, height, pixels);
    }
}
