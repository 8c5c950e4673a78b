using System.Runtime.CompilerServices;
using MLPipelines.Tensors.Cpu.Convolutions.Winograd;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>Runs a correlation with packed weights: lines and, where these are few, blocks of channels are shared among threads.</summary>
internal unsafe struct DenseCorrelation
{
    /// <summary>Pixels that are multiplied with one panel before the next one comes into the cache.</summary>
    private const int BatchPixels = 448;

    private const int LeastPixels = 56;
    private const int MostLineParts = 64;
    private const int LeastParts = 8;
    private const long LeastProducts = 1 << 19;

    private Correlation _correlation;
    private float* _source, _panels, _bias, _target;
    private nint* _segments;
    private int _segmentCount;
    private bool _rectified;
    private int _linesPerPart, _lineParts, _columnParts, _blocks, _width;

    /// <summary>target = rectified or not (source * weights + bias). <paramref name="panels"/>: what <see cref="WeightPanels"/> made.</summary>
    internal static void Run(in Correlation correlation, float* source, float* panels, float* bias, bool rectified, float* target)
    {
        if (correlation.Lines == 0 || correlation.Columns == 0) return;
        using Scratch scratch = Scratch.Open();
        int width = PanelWidth(KernelWidths.Current, correlation.GroupOut);
        DenseCorrelation run = new()
        {
            _correlation = correlation, _source = source, _panels = panels, _target = target, _rectified = rectified,
            _width = width, _blocks = WeightPanels.Blocks(correlation, width),
            _segments = scratch.Of<nint>(2 * (correlation.TapCount + 1)),
        };
        run._bias = PanelBias(correlation, bias, width, scratch);
        if (WinogradTiling.Suits(correlation))
        {
            WinogradCorrelation.Run(correlation, source, panels, run._bias, rectified, width, target);
            return;
        }
        run._segmentCount = Segments(correlation, run._segments);
        run.Share();
        Crew.Run(run._lineParts * run._columnParts, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &run);
    }

    /// <summary>Channels of one panel: two registers, or one if that holds all.</summary>
    internal static int PanelWidth(KernelWidth kernels, int channels)
    {
        int lanes = kernels switch { KernelWidth.V512 => 16, KernelWidth.V256 => 8, _ => 1 };
        return channels > lanes ? 2 * lanes : lanes;
    }

    private static float* PanelBias(in Correlation correlation, float* bias, int width, Scratch scratch)
    {
        int blocks = WeightPanels.Blocks(correlation, width), length = correlation.Groups * blocks * width;
        float* padded = scratch.Floats(length);
        new Span<float>(padded, length).Clear();
        if (bias == null) return padded;
        for (int group = 0; group < correlation.Groups; group++)
            new ReadOnlySpan<float>(bias + (group * correlation.GroupOut), correlation.GroupOut).CopyTo(new Span<float>(padded + (group * blocks * width), correlation.GroupOut));
        return padded;
    }

    /// <summary>Taps that lie beside each other are one run if a pixel's channels all belong to one group.</summary>
    private static int Segments(in Correlation correlation, nint* segments)
    {
        int count = 0;
        nint length = correlation.GroupIn * sizeof(float);
        for (int i = 0; i < correlation.TapCount; i++)
        {
            nint offset = correlation.Offset(correlation.Taps[i]) * sizeof(float);
            if (count > 0 && segments[2 * count - 2] + segments[2 * count - 1] == offset && correlation.Groups == 1)
            {
                segments[2 * count - 1] += length;
                continue;
            }
            segments[2 * count] = offset;
            segments[2 * count + 1] = length;
            count++;
        }
        return count;
    }

    private void Share()
    {
        int lines = _correlation.Lines, panels = _blocks * _correlation.Groups;
        long products = Math.Max(1, _correlation.Products / lines);
        long least = Math.Max(LeastPixels / _correlation.Columns, LeastProducts / products);
        _linesPerPart = (int)Math.Clamp(Math.Max(least, (lines + MostLineParts - 1) / MostLineParts), 1, lines);
        _lineParts = (lines + _linesPerPart - 1) / _linesPerPart;
        _columnParts = _lineParts >= LeastParts ? 1 : (int)Math.Clamp(Math.Min(LeastParts / _lineParts, _correlation.Products / LeastProducts), 1, panels);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref DenseCorrelation run = ref *(DenseCorrelation*)context;
        (int columnPart, int linePart) = Math.DivRem(part, run._lineParts);
        Correlation correlation = run._correlation;
        int panels = run._blocks * correlation.Groups, firstPanel = (int)((long)panels * columnPart / run._columnParts), endPanel = (int)((long)panels * (columnPart + 1) / run._columnParts);
        int firstLine = linePart * run._linesPerPart, endLine = Math.Min(correlation.Lines, firstLine + run._linesPerPart);
        using Scratch scratch = Scratch.Open();
        PixelBatch batch = new(&correlation, Math.Min(endLine - firstLine, PixelBatch.LinesFor(correlation, BatchPixels)), scratch);
        for (int line = firstLine; line < endLine; line += batch.Most)
        {
            int pixels = batch.Fill(run._source, run._target, line, Math.Min(endLine, line + batch.Most));
            if (correlation.TargetColumnStep == 1 && correlation.TargetRowStep == 1) Prefetch.Numbers(batch.Targets[0], (nint)pixels * correlation.TargetChannels);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                PixelProducts products = run.Products(panel);
                if (run._width > L.Count) Multiply<L, Two>(products, batch.Sources, batch.Targets, pixels);
                else Multiply<L, One>(products, batch.Sources, batch.Targets, pixels);
            }
        }
    }

    private readonly PixelProducts Products(int panel)
    {
        (int group, int block) = Math.DivRem(panel, _blocks);
        return new PixelProducts
        {
            Segments = _segments, SegmentCount = _segmentCount, SourceShift = (nint)group * _correlation.GroupIn * sizeof(float),
            Panel = _panels + ((nint)panel * _correlation.Depth * _width), Bias = _bias + (panel * _width),
            TargetShift = (group * _correlation.GroupOut) + (block * _width), Columns = Math.Min(_width, _correlation.GroupOut - (block * _width)),
            Rectified = _rectified,
        };
    }

    /// <summary>All pixels with one panel; pointers of a few more follow the last one.</summary>
    internal static void Multiply<L, TVectors>(in PixelProducts products, float** sources, float** targets, int pixels)
        where L : unmanaged, ILanes<L>
        where TVectors : struct, ISize
    {
        int pixel = 0;
        // A remainder of up to two small tiles is no more work than a large one.
        if (L.Count == 16)
            for (; pixels - pixel > 12; pixel += PixelTiles.Most) PixelTiles.Run<L, Fourteen, TVectors>(sources + pixel, targets + pixel, products);
        for (; pixel < pixels; pixel += Six.Value) PixelTiles.Run<L, Six, TVectors>(sources + pixel, targets + pixel, products);
    }
}
