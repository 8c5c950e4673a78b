using System.Numerics;
using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>
/// Reads BMP: 1, 2, 4, 8, 16, 24 and 32 bits a pixel, with a palette, colour masks or run lengths, from the bottom or from the top.
/// The fourth byte of a pixel is alpha only where a mask says so.
/// </summary>
internal sealed class BmpDecoder : ImageDecoder
{
    internal override string Format => "BMP";

    internal override bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("BM"u8);

    internal override DecodedImage Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        BmpHeader header = BmpHeader.Read(file, limits, Invalid);
        ReadOnlySpan<byte> data = file[header.Start..];
        bool isPacked = header.Compression is BmpCompression.RunLength4 or BmpCompression.RunLength8;
        // The last row may lack what fills it up to a multiple of four.
        long needed = isPacked ? 0 : header.Stride * (header.Height - 1) + ((long)header.Width * header.BitsPerPixel + 7) / 8;
        if (data.Length < needed) throw Invalid($"the file has {data.Length} bytes of pixels, expected {needed} for {header.Width} by {header.Height}");

        byte[] indices = isPacked ? new byte[header.Width * header.Height] : [];
        if (isPacked) BmpRunLengths.Unpack(data, header, indices, Invalid);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(header.Width * header.Height * 4);
        var target = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        for (int y = 0; y < header.Height; y++)
        {
            Span<uint> row = target.Slice((header.IsTopDown ? y : header.Height - 1 - y) * header.Width, header.Width);
            if (isPacked) ReadIndices(indices.AsSpan(y * header.Width, header.Width), 8, header.Palette, row);
            else if (header.BitsPerPixel <= 8) ReadIndices(data[(int)(y * header.Stride)..], header.BitsPerPixel, header.Palette, row);
            else if (header.BitsPerPixel == 24) ReadColors(data[(int)(y * header.Stride)..], row);
            else ReadMasked(data[(int)(y * header.Stride)..], header, row);
        }
        return new DecodedImage(header.Width, header.Height, pixels);
    }

    private void ReadIndices(ReadOnlySpan<byte> data, int bits, uint[] palette, Span<uint> row)
    {
        int perByte = 8 / bits, mask = (1 << bits) - 1;
        for (int x = 0; x < row.Length; x++)
        {
            int index = (data[x / perByte] >> (8 - bits - x % perByte * bits)) & mask;
            if (index >= palette.Length) throw Invalid($"a pixel in column {x} has colour {index} of a palette of {palette.Length}");
            row[x] = palette[index];
        }
    }

    private static void ReadColors(ReadOnlySpan<byte> data, Span<uint> row)
    {
        for (int x = 0; x < row.Length; x++) row[x] = data[3 * x] | ((uint)data[3 * x + 1] << 8) | ((uint)data[3 * x + 2] << 16) | 0xFF000000;
    }

    private static void ReadMasked(ReadOnlySpan<byte> data, BmpHeader header, Span<uint> row)
    {
        uint red = header.Masks[0], green = header.Masks[1], blue = header.Masks[2], alpha = header.Masks[3];
        if (header.BitsPerPixel == 32 && (red, green, blue, alpha) is (0xFF0000, 0xFF00, 0xFF, 0 or 0xFF000000))
        {
            MemoryMarshal.Cast<byte, uint>(data[..(4 * row.Length)]).CopyTo(row);
            if (alpha == 0) foreach (ref uint pixel in row) pixel |= 0xFF000000;
            return;
        }
        for (int x = 0; x < row.Length; x++)
        {
            uint pixel = header.BitsPerPixel == 32 ? MemoryMarshal.Read<uint>(data[(4 * x)..]) : MemoryMarshal.Read<ushort>(data[(2 * x)..]);
            row[x] = Sample(pixel, blue, 0) | (Sample(pixel, green, 0) << 8) | (Sample(pixel, red, 0) << 16) | (Sample(pixel, alpha, byte.MaxValue) << 24);
        }
    }

    /// <summary>The bits of a mask, spread over 0 to 255.</summary>
    private static uint Sample(uint pixel, uint mask, uint absent)
    {
        if (mask == 0) return absent;
        int shift = BitOperations.TrailingZeroCount(mask);
        ulong most = mask >> shift;
        return (uint)((((pixel & mask) >> shift) * 255UL + most / 2) / most);
    }
}
