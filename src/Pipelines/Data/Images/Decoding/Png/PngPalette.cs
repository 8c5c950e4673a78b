using System.Buffers.Binary;

namespace MLPipelines.Data;

/// <summary>
/// What a PNG file says of colours besides its pixels: the palette and what is transparent. Pixels of up to 8 bits of a single
/// sample, gray or index, are looked up in <see cref="Colors"/>.
/// </summary>
internal sealed class PngPalette
{
    private readonly uint[] _colors = new uint[256];

    /// <summary>Blue, green, red and alpha of each sample, as a little-endian number; empty where pixels have more or larger samples.</summary>
    internal ReadOnlySpan<uint> Colors => _colors.AsSpan(0, Count);

    /// <summary>The bytes of the one pixel that is transparent; empty when there is none or <see cref="Colors"/> holds it.</summary>
    internal byte[] Transparent { get; private set; } = [];

    private int Count { get; set; }

    internal static PngPalette Create(PngHeader header, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency, Func<string, Exception> invalid)
    {
        var colors = new PngPalette();
        if (header.ColorType == PngColorType.Palette)
        {
            if (palette.IsEmpty || palette.Length % 3 != 0 || palette.Length > 3 << header.BitDepth)
                throw invalid($"chunk PLTE has {palette.Length} bytes, expected 3 for each of 1 to {1 << header.BitDepth} colours");
            colors.Count = palette.Length / 3;
            if (transparency.Length > colors.Count) throw invalid($"chunk tRNS has {transparency.Length} entries, the palette {colors.Count}");
            for (int i = 0; i < colors.Count; i++)
                colors._colors[i] = Pixel(palette[3 * i], palette[3 * i + 1], palette[3 * i + 2], i < transparency.Length ? transparency[i] : byte.MaxValue);
            return colors;
        }
        int samples = header.ColorType switch { PngColorType.Gray => 1, PngColorType.Rgb => 3, _ => 0 };
        if (!transparency.IsEmpty && transparency.Length != 2 * samples)
            throw invalid(samples == 0 ? "found chunk tRNS in a picture with alpha" : $"chunk tRNS has {transparency.Length} bytes, expected {2 * samples}");
        if (header.ColorType == PngColorType.Gray && header.BitDepth <= 8)
        {
            colors.Count = 1 << header.BitDepth;
            for (int i = 0; i < colors.Count; i++)
            {
                byte gray = (byte)(i * 255 / (colors.Count - 1));
                colors._colors[i] = Pixel(gray, gray, gray, byte.MaxValue);
            }
            if (!transparency.IsEmpty) colors._colors[BinaryPrimitives.ReadUInt16BigEndian(transparency) & (colors.Count - 1)] &= 0x00FFFFFF;
            return colors;
        }
        // A sample of 8 bits is the lower byte of the two.
        if (!transparency.IsEmpty)
            colors.Transparent = header.BitDepth == 16 ? transparency.ToArray() : [transparency[1], transparency[3], transparency[5]];
        return colors;
    }

    internal static uint Pixel(byte red, byte green, byte blue, byte alpha) => blue | ((uint)green << 8) | ((uint)red << 16) | ((uint)alpha << 24);
}
