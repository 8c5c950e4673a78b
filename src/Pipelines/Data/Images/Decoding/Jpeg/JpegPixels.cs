using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Data;

/// <summary>Turns rows of samples into pixels of blue, green, red and alpha.</summary>
internal static unsafe class JpegPixels
{
    // The weights of JFIF with 16 fractional bits: what Cr adds to red, Cb takes from green, Cr takes from green, and Cb adds to blue.
    private const int CrRed = 91881, CbGreen = 22554, CrGreen = 46802, CbBlue = 116130, Half = 1 << 15;

    private const uint Opaque = 0xFF000000;

    /// <param name="colors">What the rows mean.</param>
    /// <param name="rows">A row of each component.</param>
    /// <param name="pixels">Where the pixels go.</param>
    /// <param name="width">How many there are.</param>
    internal static void Row(JpegColors colors, byte*[] rows, uint* pixels, int width)
    {
        switch (colors)
        {
            case JpegColors.Grey:
                for (int x = 0; x < width; x++) pixels[x] = Opaque | rows[0][x] * 0x010101u;
                break;
            case JpegColors.Rgb:
                for (int x = 0; x < width; x++) pixels[x] = Opaque | (uint)(rows[0][x] << 16 | rows[1][x] << 8 | rows[2][x]);
                break;
            case JpegColors.YCbCr:
                YCbCr(rows[0], rows[1], rows[2], pixels, width);
                break;
            default:
                Inks(colors, rows, pixels, width);
                break;
        }
    }

    /// <summary>The light of a colour is what its ink and black let through.</summary>
    private static void Inks(JpegColors colors, byte*[] rows, uint* pixels, int width)
    {
        Row(colors == JpegColors.Ycck ? JpegColors.YCbCr : JpegColors.Rgb, rows, pixels, width);
        uint turn = colors == JpegColors.Ycck ? 255u : 0;
        for (int x = 0; x < width; x++)
        {
            uint pixel = pixels[x], light = rows[3][x];
            pixels[x] = Opaque | Through(pixel >> 16 & 255 ^ turn, light) << 16 | Through(pixel >> 8 & 255 ^ turn, light) << 8 | Through(pixel & 255 ^ turn, light);
        }
    }

    /// <summary>The product of two parts of 255, rounded.</summary>
    private static uint Through(uint a, uint b) => (a * b + 127) / 255;

    private static void YCbCr(byte* luminance, byte* blue, byte* red, uint* pixels, int width)
    {
        int x = 0;
        for (; x <= width - Vector256<int>.Count; x += Vector256<int>.Count) Eight(luminance + x, blue + x, red + x).Store(pixels + x);
        if (x == width) return;
        // Rows may be read, but pixels not written, past the end.
        uint* rest = stackalloc uint[Vector256<uint>.Count];
        Eight(luminance + x, blue + x, red + x).Store(rest);
        for (int i = 0; x < width; i++, x++) pixels[x] = rest[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Eight(byte* luminance, byte* blue, byte* red)
    {
        Vector256<int> middle = Vector256.Create(128), half = Vector256.Create(Half);
        Vector256<int> y = Widen(luminance), cb = Widen(blue) - middle, cr = Widen(red) - middle;
        Vector256<int> r = Limited(y + (cr * CrRed + half >> 16)), g = Limited(y + (half - cb * CbGreen - cr * CrGreen >> 16)), b = Limited(y + (cb * CbBlue + half >> 16));
        return (r << 16 | g << 8 | b).AsUInt32() | Vector256.Create(Opaque);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Limited(Vector256<int> values) => Vector256.Min(Vector256.Max(values, Vector256<int>.Zero), Vector256.Create(255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(byte* samples)
    {
        if (Avx2.IsSupported) return Avx2.ConvertToVector256Int32(samples);
        var (lower, upper) = Vector128.Widen(Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)samples).AsByte()));
        return Vector256.Create(lower, upper).AsInt32();
    }
}
