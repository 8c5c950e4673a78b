namespace MLPipelines.Data;

/// <summary>Turns rows of samples into pixels. Of 16-bit samples the upper byte is kept.</summary>
internal sealed class PngRowReader(PngHeader header, PngPalette palette, Func<string, Exception> invalid)
{
    /// <param name="row">The samples, packed from the highest bit of each byte down.</param>
    /// <param name="pixels">Where the pixels of the row go, blue in the lowest byte.</param>
    internal void Read(ReadOnlySpan<byte> row, Span<uint> pixels)
    {
        if (!palette.Colors.IsEmpty) ReadIndices(row, pixels);
        else ReadSamples(row, pixels);
    }

    private void ReadIndices(ReadOnlySpan<byte> row, Span<uint> pixels)
    {
        ReadOnlySpan<uint> colors = palette.Colors;
        int depth = header.BitDepth, perByte = 8 / depth, mask = (1 << depth) - 1;
        if (depth == 8)
        {
            row = row[..pixels.Length];
            int wrong = colors.Length > byte.MaxValue ? -1 : row.IndexOfAnyInRange((byte)colors.Length, byte.MaxValue);
            if (wrong >= 0) throw Beyond(row[wrong]);
            for (int i = 0; i < row.Length; i++) pixels[i] = colors[row[i]];
            return;
        }
        for (int i = 0; i < pixels.Length; i++)
        {
            int index = (row[i / perByte] >> (8 - depth - i % perByte * depth)) & mask;
            if (index >= colors.Length) throw Beyond(index);
            pixels[i] = colors[index];
        }

        Exception Beyond(int index) => invalid($"a pixel has colour {index} of a palette of {palette.Colors.Length}");
    }

    private void ReadSamples(ReadOnlySpan<byte> row, Span<uint> pixels)
    {
        // Where green, blue and alpha are, counted from the upper byte of the first sample.
        int sample = header.BitDepth / 8, size = header.FilterDistance;
        bool isColor = header.ColorType is PngColorType.Rgb or PngColorType.Rgba, hasAlpha = header.ColorType is PngColorType.GrayAlpha or PngColorType.Rgba;
        int green = isColor ? sample : 0, blue = 2 * green, alpha = hasAlpha ? size - sample : -1;
        row = row[..(pixels.Length * size)];
        for (int i = 0, at = 0; i < pixels.Length; i++, at += size)
            pixels[i] = PngPalette.Pixel(row[at], row[at + green], row[at + blue], alpha < 0 ? byte.MaxValue : row[at + alpha]);
        ReadOnlySpan<byte> transparent = palette.Transparent;
        if (transparent.IsEmpty) return;
        for (int i = 0; i < pixels.Length; i++)
            if (row.Slice(i * size, size).SequenceEqual(transparent)) pixels[i] &= 0x00FFFFFF;
    }
}
