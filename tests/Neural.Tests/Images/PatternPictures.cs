using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Neural.Tests.Images;

/// <summary>Small pictures that are easy to tell apart: stripes across, stripes down, and a bright middle, with noise.</summary>
internal static class PatternPictures
{
    internal const int Side = 16;

    internal static readonly string[] Classes = ["across", "down", "middle"];

    /// <summary>As many pictures as asked for, the classes by turns.</summary>
    internal static MLImage[] Images(int count, bool colored = false, int side = Side, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => Image(row % 3, colored, side, random))];
    }

    internal static uint[] Keys(int count) => [.. Enumerable.Range(0, count).Select(row => (uint)(row % 3) + 1)];

    /// <summary>Labels with the bytes of PNG files.</summary>
    internal static MemoryView Files(int count, bool colored = false, int side = Side, int seed = 1) => new MemoryView()
        .AddKeys("Label", Keys(count), Classes).AddVectors("Features", [.. Images(count, colored, side, seed).Select(Png)], isVariable: true);

    /// <summary>Labels with images.</summary>
    internal static MemoryView Pictures(int count, bool colored = false, int side = Side, int seed = 1) => new MemoryView()
        .AddKeys("Label", Keys(count), Classes).AddImages("Features", Images(count, colored, side, seed));

    /// <summary>Labels with vectors of grey pixels.</summary>
    internal static MemoryView Vectors(int count, int side = Side, int seed = 1) => new MemoryView()
        .AddKeys("Label", Keys(count), Classes).AddVectors("Features", [.. Images(count, side: side, seed: seed).Select(Grey)]);

    internal static float[] Grey(MLImage image) => [.. Enumerable.Range(0, image.Width * image.Height).Select(pixel => (float)image.Pixels[4 * pixel])];

    private static byte[] Png(MLImage image)
    {
        using var stream = new MemoryStream();
        PngEncoder.Write(stream, image);
        return stream.ToArray();
    }

    private static MLImage Image(int kind, bool colored, int side, Random random)
    {
        byte[] pixels = new byte[side * side * 4];
        int phase = random.Next(4);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                bool isBright = kind switch
                {
                    0 => (y + phase) % 4 < 2,
                    1 => (x + phase) % 4 < 2,
                    _ => Math.Abs(2 * x - side) + Math.Abs(2 * y - side) < side,
                };
                byte value = (byte)(random.Next(60) + (isBright ? 180 : 10));
                Span<byte> pixel = pixels.AsSpan(4 * (y * side + x), 4);
                (pixel[0], pixel[1], pixel[2], pixel[3]) = (value, value, colored ? (byte)(255 - value) : value, 255);
            }
        }
        return MLImage.CreateFromPixels(side, side, MLPixelFormat.Bgra32, pixels);
    }
}
