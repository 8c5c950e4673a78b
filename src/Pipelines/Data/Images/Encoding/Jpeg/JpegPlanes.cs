namespace MLPipelines.Data;

/// <summary>The components of a picture that is to be written: luminance, and for coloured pictures two colour differences.</summary>
internal sealed class JpegPlanes
{
    private readonly byte[][] _samples;
    private readonly int[] _widths, _heights;
    private readonly int _luminanceDensity;

    private JpegPlanes(byte[][] samples, int width, int height, bool halved)
    {
        _samples = samples;
        int fewer = halved ? 2 : 1;
        _luminanceDensity = fewer;
        _widths = [width, .. Enumerable.Repeat((width + fewer - 1) / fewer, samples.Length - 1)];
        _heights = [height, .. Enumerable.Repeat((height + fewer - 1) / fewer, samples.Length - 1)];
        (UnitsAcross, UnitsDown) = ((width + 8 * fewer - 1) / (8 * fewer), (height + 8 * fewer - 1) / (8 * fewer));
    }

    internal int Count => _samples.Length;

    internal int UnitsAcross { get; }

    internal int UnitsDown { get; }

    /// <summary>Blocks of a component in each direction of a unit.</summary>
    internal int Density(int plane) => plane == 0 ? _luminanceDensity : 1;

    internal static JpegPlanes Of(MLImage image, bool halvedColors)
    {
        int count = image.Width * image.Height, blue = image.PixelFormat == MLPixelFormat.Bgra32 ? 0 : 2;
        ReadOnlySpan<byte> pixels = image.Pixels;
        byte[] luminance = new byte[count], blueness = new byte[count], redness = new byte[count];
        bool grey = true;
        for (int i = 0; i < count; i++)
        {
            int b = pixels[4 * i + blue], g = pixels[4 * i + 1], r = pixels[4 * i + 2 - blue];
            grey &= b == g && g == r;
            // The weights of JFIF with 16 fractional bits.
            luminance[i] = (byte)(19595 * r + 38470 * g + 7471 * b + 32768 >> 16);
            blueness[i] = (byte)((-11059 * r - 21709 * g + 32768 * b + 32767 >> 16) + 128);
            redness[i] = (byte)((32768 * r - 27439 * g - 5329 * b + 32767 >> 16) + 128);
        }
        if (grey) return new JpegPlanes([luminance], image.Width, image.Height, halved: false);
        if (halvedColors) (blueness, redness) = (Halved(blueness, image.Width, image.Height), Halved(redness, image.Width, image.Height));
        return new JpegPlanes([luminance, blueness, redness], image.Width, image.Height, halvedColors);
    }

    /// <summary>The samples of a block around zero; beyond the picture those of its edge go on.</summary>
    internal void Block(int plane, int row, int column, Span<float> block)
    {
        ReadOnlySpan<byte> samples = _samples[plane];
        int width = _widths[plane], height = _heights[plane];
        int left = column * 8, inside = Math.Clamp(width - left, 0, 8);
        for (int y = 0; y < 8; y++)
        {
            ReadOnlySpan<byte> line = samples.Slice(Math.Min(row * 8 + y, height - 1) * width, width);
            Span<float> to = block.Slice(y * 8, 8);
            for (int x = 0; x < inside; x++) to[x] = line[left + x] - 128;
            to[inside..].Fill(line[^1] - 128);
        }
    }

    private static byte[] Halved(byte[] samples, int width, int height)
    {
        int across = (width + 1) / 2, down = (height + 1) / 2;
        byte[] halved = new byte[across * down];
        for (int y = 0; y < down; y++)
            for (int x = 0; x < across; x++)
            {
                int left = 2 * x, right = Math.Min(left + 1, width - 1), upper = 2 * y * width, lower = Math.Min(2 * y + 1, height - 1) * width;
                // Rounding alternates, so that the mean does not drift.
                halved[y * across + x] = (byte)(samples[upper + left] + samples[upper + right] + samples[lower + left] + samples[lower + right] + 1 + (x & 1) >> 2);
            }
        return halved;
    }
}
