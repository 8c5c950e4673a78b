namespace MLPipelines.Data;

/// <summary>Unpacks the run lengths of BMP files with 4 and 8 bits a pixel. Pixels that no run covers have colour 0.</summary>
internal static class BmpRunLengths
{
    private const int EndOfRow = 0, EndOfPicture = 1, Move = 2;

    /// <param name="data">Pairs of a count and a colour, or of zero and what it says.</param>
    /// <param name="header">The headers of the file.</param>
    /// <param name="indices">A byte for each pixel, rows from the bottom.</param>
    /// <param name="invalid">Makes the error.</param>
    internal static void Unpack(ReadOnlySpan<byte> data, BmpHeader header, Span<byte> indices, Func<string, Exception> invalid)
    {
        bool isHalf = header.BitsPerPixel == 4;
        int x = 0, y = 0;
        for (int at = 0; at + 1 < data.Length;)
        {
            int count = data[at], value = data[at + 1];
            at += 2;
            if (count > 0)
            {
                Span<byte> run = Run(indices, count);
                if (isHalf) for (int i = 0; i < run.Length; i++) run[i] = (byte)(i % 2 == 0 ? value >> 4 : value & 15);
                else run.Fill((byte)value);
            }
            else if (value == EndOfRow)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == EndOfPicture)
            {
                return;
            }
            else if (value == Move)
            {
                if (at + 2 > data.Length) break;
                (x, y, at) = (x + data[at], y + data[at + 1], at + 2);
            }
            else
            {
                int length = isHalf ? (value + 1) / 2 : value;
                if (at + length > data.Length) break;
                Span<byte> run = Run(indices, value);
                if (isHalf) for (int i = 0; i < value; i++) run[i] = (byte)(i % 2 == 0 ? data[at + i / 2] >> 4 : data[at + i / 2] & 15);
                else data.Slice(at, value).CopyTo(run);
                at += length + length % 2;
            }
        }
        throw invalid($"the file ends in row {header.Height - 1 - y}, before the mark of the picture's end");

        Span<byte> Run(Span<byte> indices, int length)
        {
            if (y >= header.Height || x + length > header.Width)
                throw invalid($"a run of {length} pixels from column {x} of row {header.Height - 1 - y} leaves the picture of {header.Width} by {header.Height}");
            x += length;
            return indices.Slice(y * header.Width + x - length, length);
        }
    }
}
