using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// Some lines (lattice rows, counted over all images) of a correlation whose source pixels stay in the cache while all products with them are made.
/// Where taps lie outside of the source, its rows are first copied between zeros.
/// </summary>
internal unsafe struct LineBatch
{
    private const int CacheFloats = 96 * 1024;

    private readonly Correlation* _correlation;
    private readonly float* _copies;

    /// <summary>For each line of the batch, the first tap's window of its first pixel.</summary>
    internal readonly float** Starts;

    /// <summary>The most lines that a batch holds.</summary>
    internal readonly int Most;

    internal LineBatch(Correlation* correlation, int most, Scratch scratch)
    {
        _correlation = correlation;
        Most = most;
        Starts = (float**)scratch.Of<nint>(most);
        _copies = correlation->IsPadded ? scratch.Floats(CopyLength(*correlation, most)) : null;
    }

    /// <summary>How many lines give about so many pixels and still fit in the cache.</summary>
    internal static int LinesFor(in Correlation correlation, int pixels)
    {
        int lines = Math.Max(1, pixels / correlation.Columns);
        while (lines > 1 && CopyLength(correlation, lines) > CacheFloats) lines = (lines + 1) / 2;
        return lines;
    }

    /// <summary>Each image among the lines brings the rows that its first line reaches.</summary>
    private static long CopyLength(in Correlation correlation, int lines) =>
        (((long)lines * correlation.RowStep) + ((((lines - 2) / correlation.Rows) + 2) * (long)correlation.Reach)) * correlation.PaddedWidth * correlation.Channels;

    /// <summary>Makes the batch hold the lines from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    internal readonly void Fill(float* source, int first, int end)
    {
        ref readonly Correlation correlation = ref *_correlation;
        float* copies = _copies;
        nint rowLength = (nint)correlation.Pitch * correlation.Channels;
        for (int line = first; line < end;)
        {
            (int image, int row) = Math.DivRem(line, correlation.Rows);
            int rows = Math.Min(correlation.Rows - row, end - line);
            float* start;
            float* pixels = source + ((nint)image * correlation.Height * correlation.Width * correlation.Channels);
            if (correlation.IsPadded)
            {
                start = copies;
                int needed = ((rows - 1) * correlation.RowStep) + correlation.Reach;
                for (int i = 0; i < needed; i++, copies += rowLength) CopyRow(correlation, pixels, (row * correlation.RowStep) + i - correlation.PadTop, copies);
            }
            else
            {
                start = pixels + (row * correlation.RowStep * rowLength);
            }
            for (int i = 0; i < rows; i++) Starts[line - first + i] = start + (i * correlation.RowStep * rowLength);
            line += rows;
        }
    }

    private static void CopyRow(in Correlation correlation, float* image, int row, float* to)
    {
        int channels = correlation.Channels, length = correlation.PaddedWidth * channels;
        if ((uint)row >= (uint)correlation.Height)
        {
            new Span<float>(to, length).Clear();
            return;
        }
        int left = correlation.PadLeft * channels, inside = Math.Min(correlation.Width * channels, length - left);
        Zeros(to, left);
        new ReadOnlySpan<float>(image + ((nint)row * correlation.Width * channels), inside).CopyTo(new Span<float>(to + left, inside));
        Zeros(to + left + inside, length - left - inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zeros(float* to, int count)
    {
        if (count <= 4)
            for (int i = 0; i < count; i++) to[i] = 0;
        else
            new Span<float>(to, count).Clear();
    }
}
