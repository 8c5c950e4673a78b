using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>What a pixel of a PNG file is made of.</summary>
internal enum PngColorType : byte
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    Rgba = 6,
}

/// <summary>The first chunk of a PNG file.</summary>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="BitDepth">Bits of a sample, or of a palette index: 1, 2, 4, 8 or 16.</param>
/// <param name="ColorType">The samples of a pixel.</param>
/// <param name="IsInterlaced">Whether the picture comes in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool IsInterlaced)
{
    internal const int Length = 13;

    internal int Channels => ColorType switch { PngColorType.Rgb => 3, PngColorType.GrayAlpha => 2, PngColorType.Rgba => 4, _ => 1 };

    internal int BitsPerPixel => Channels * BitDepth;

    /// <summary>The distance, in bytes, to the pixel that filters compare with.</summary>
    internal int FilterDistance => Math.Max(1, BitsPerPixel / 8);

    /// <summary>The bytes of a row of some pixels, without the one that names its filter.</summary>
    internal long RowBytes(int width) => ((long)width * BitsPerPixel + 7) / 8;

    /// <summary>Reads the chunk and says what is wrong with it, if anything is.</summary>
    internal static PngHeader Read(ReadOnlySpan<byte> data, ImageLimits limits, Func<string, Exception> invalid)
    {
        if (data.Length != Length) throw invalid($"chunk IHDR has {data.Length} bytes, expected {Length}");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        limits.Check("PNG", width, height);
        int depth = data[8], color = data[9];
        bool fits = (PngColorType)color switch
        {
            PngColorType.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColorType.Palette => depth is 1 or 2 or 4 or 8,
            PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => depth is 8 or 16,
            _ => throw invalid($"found colour type {color}, expected 0, 2, 3, 4 or 6"),
        };
        if (!fits) throw invalid($"found {depth} bits a sample, which colour type {color} cannot have");
        if (data[10] != 0 || data[11] != 0) throw invalid($"found compression {data[10]} and filter method {data[11]}, expected 0 and 0");
        if (data[12] > 1) throw invalid($"found interlace method {data[12]}, expected 0 or 1");
        return new PngHeader((int)width, (int)height, depth, (PngColorType)color, data[12] == 1);
    }
}
