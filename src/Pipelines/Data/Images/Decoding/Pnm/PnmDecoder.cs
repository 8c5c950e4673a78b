using System.Runtime.InteropServices;

namespace MLPipelines.Data;

/// <summary>
/// Reads the portable pictures of Netpbm: PBM, PGM and PPM, as text (P1 to P3) or as bytes (P4 to P6), with samples of up to 16 bits.
/// Samples are spread over 0 to 255 and rounded.
/// </summary>
internal sealed class PnmDecoder : ImageDecoder
{
    internal override string Format => "PNM";

    internal override bool Recognizes(ReadOnlySpan<byte> start) =>
        start.Length >= 3 && start[0] == 'P' && start[1] is >= (byte)'1' and <= (byte)'6' && (PnmText.IsSpace(start[2]) || start[2] == '#');

    internal override DecodedImage Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        int kind = file[1] - '0';
        var text = new PnmText(file, 2, Invalid);
        bool isBits = kind is 1 or 4;
        int width = text.Next("the width"), height = text.Next("the height"), most = isBits ? 1 : text.Next("the largest sample");
        limits.Check(Format, width, height);
        if (most is 0 or > ushort.MaxValue) throw Invalid($"the largest sample is {most}, expected 1 to {ushort.MaxValue}");

        int channels = kind is 3 or 6 ? 3 : 1;
        long samples = (long)width * channels, bytesOfRow = kind == 4 ? (width + 7L) / 8 : samples * (kind >= 4 && most > 255 ? 2 : 1);
        // As text, a sample is a digit at least, and numbers have a space between them.
        long needed = kind is 2 or 3 ? 2 * bytesOfRow * height - 1 : bytesOfRow * height;
        if (kind >= 4) text.SkipOneSpace();
        if (file.Length - text.Position < needed)
            throw Invalid($"the file has {file.Length - text.Position} bytes of pixels, expected at least {needed} for {width} by {height}");

        byte[] pixels = GC.AllocateUninitializedArray<byte>(width * height * 4);
        var target = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        ReadOnlySpan<byte> data = file[text.Position..];
        int at = 0;
        for (int i = 0; i < target.Length; i++)
        {
            uint red, green, blue;
            if (kind == 4)
            {
                int x = i % width;
                red = green = blue = (data[(int)(i / width * bytesOfRow) + x / 8] << (x % 8) & 0x80) == 0 ? 255u : 0;
            }
            else if (kind == 1)
            {
                red = green = blue = text.NextBit() ? 0 : 255u;
            }
            else
            {
                red = green = blue = Sample(data, ref at, ref text, kind, most);
                if (channels == 3) (green, blue) = (Sample(data, ref at, ref text, kind, most), Sample(data, ref at, ref text, kind, most));
            }
            target[i] = blue | (green << 8) | (red << 16) | 0xFF000000;
        }
        return new DecodedImage(width, height, pixels);
    }

    private uint Sample(ReadOnlySpan<byte> data, ref int at, ref PnmText text, int kind, int most)
    {
        int sample = kind < 4 ? text.Next("a sample") : most > 255 ? (data[at++] << 8) | data[at++] : data[at++];
        if (sample > most) throw Invalid($"found a sample of {sample}, more than the largest, {most}");
        return most == 255 ? (uint)sample : ((uint)sample * 255 + (uint)most / 2) / (uint)most;
    }
}
