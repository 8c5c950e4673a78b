using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// The pixels of some lines (lattice rows, counted over all images) of a correlation, few enough to stay in the cache while all products with them are
/// made. Where taps lie outside of the source, its rows are first copied between zeros.
/// </summary>
internal unsafe struct PixelBatch
{
    private const int CacheFloats = 96 * 1024;

    private readonly Correlation* _correlation;
    private readonly float* _copies;

    /// <summary>For each pixel, the corner of its window of the source; after the last one it again, so that the last tile of a kernel is full.</summary>
    internal readonly float** Sources;

    /// <summary>For each pixel, and likewise after the last, where its sums go.</summary>
    internal readonly float** Targets;

    /// <summary>The most lines that a batch holds.</summary>
    internal readonly int Most;

    internal PixelBatch(Correlation* correlation, int most, Scratch scratch)
    {
        _correlation = correlation;
        Most = most;
        int room = (most * correlation->Columns) + PixelTiles.Most;
        Sources = (float**)scratch.Of<nint>(room);
        Targets = (float**)scratch.Of<nint>(room);
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

    /// <summary>Makes the batch hold the lines from <paramref name="first"/> to before <paramref name="end"/> and returns the number of its pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal readonly int Fill(float* source, float* target, int first, int end)
    {
        ref readonly Correlation correlation = ref *_correlation;
        float* copies = _copies;
        nint rowLength = (nint)correlation.Pitch * correlation.Channels, lineLength = correlation.RowStep * rowLength;
        int pixels = 0;
        for (int line = first; line < end;)
        {
            (int image, int row) = Math.DivRem(line, correlation.Rows);
            int rows = Math.Min(correlation.Rows - row, end - line);
            float* start = source + ((nint)image * correlation.Height * correlation.Width * correlation.Channels);
            if (correlation.IsPadded)
            {
                float* pixelsOfImage = start;
                start = copies;
                int needed = ((rows - 1) * correlation.RowStep) + correlation.Reach;
                for (int i = 0; i < needed; i++, copies += rowLength) CopyRow(correlation, pixelsOfImage, (row * correlation.RowStep) + i - correlation.PadTop, copies);
            }
            else
            {
                start += row * lineLength;
            }
            for (int i = 0; i < rows; i++, start += lineLength, pixels += correlation.Columns) PointLine(correlation, start, target + correlation.TargetOffset(image, row + i), pixels);
            line += rows;
        }
        if (end < correlation.Lines)
        {
            (int image, int row) = Math.DivRem(end, correlation.Rows);
            nint length = (nint)correlation.Width * correlation.Channels;
            Prefetch.Numbers(source + ((((nint)image * correlation.Height) + (row * correlation.RowStep)) * length), Most * correlation.RowStep * length);
        }
        for (int i = 0; i < PixelTiles.Most; i++)
        {
            Sources[pixels + i] = Sources[pixels - 1];
            Targets[pixels + i] = Targets[pixels - 1];
        }
        return pixels;
    }

    private readonly void PointLine(in Correlation correlation, float* source, float* target, int pixel)
    {
        nint sourceStep = (nint)correlation.ColumnStep * correlation.Channels, targetStep = (nint)correlation.TargetColumnStep * correlation.TargetChannels;
        float** sources = Sources + pixel, targets = Targets + pixel;
        int columns = correlation.Columns;
        for (int column = 0; column < columns; column++, source += sourceStep, target += targetStep)
        {
            sources[column] = source;
            targets[column] = target;
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
