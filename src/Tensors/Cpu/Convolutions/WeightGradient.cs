using System.Runtime.CompilerServices;
using MLPipelines.Tensors.Cpu.Convolutions.Winograd;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// The gradient of a convolution by its weights: for each tap, source channel and output channel the sum over pixels of source times gradient. Pixels
/// are shared among threads by lines, each part sums for itself, and the parts' sums are added in their order; where there are too many weights for
/// that, output channels are shared as well.
/// </summary>
internal unsafe struct WeightGradient
{
    /// <summary>Pixels whose gradients, for one block of channels, stay in the first cache.</summary>
    private const int BatchPixels = 160;

    private const int MostLineParts = 8;
    private const int LeastParts = 16;
    private const long MostSums = 4 << 20;
    private const long LeastProducts = 1 << 19;
    private const int Strip = 16;

    private Correlation _correlation;
    private float* _source, _gradient, _sums, _biasSums, _weights, _bias;
    private nint* _offsets;
    private int _linesPerPart, _lineParts, _columnParts, _blocks, _width;
    private nint _panelLength;

    /// <summary>Writes the gradient by the weights and, unless <paramref name="bias"/> is null, by the bias.</summary>
    internal static void Run(in Correlation correlation, float* source, float* gradient, float* weights, float* bias)
    {
        using Scratch scratch = Scratch.Open();
        int width = DenseCorrelation.PanelWidth(KernelWidths.Current, correlation.GroupOut);
        if (WinogradTiling.Suits(correlation))
        {
            WinogradGradient.Run(correlation, source, gradient, width, weights, bias);
            return;
        }
        WeightGradient run = new()
        {
            _correlation = correlation, _source = source, _gradient = gradient, _weights = weights, _bias = bias, _width = width,
            _blocks = WeightPanels.Blocks(correlation, width), _panelLength = (nint)(correlation.Depth + GradientTiles.Most) * width,
        };
        run.Share();
        int panels = run._blocks * correlation.Groups;
        run._sums = scratch.Floats(run._lineParts * (long)panels * run._panelLength);
        run._biasSums = scratch.Floats((long)run._lineParts * panels * width);
        run._offsets = scratch.Of<nint>(correlation.Depth + GradientTiles.Most);
        for (int tap = 0, row = 0; tap < correlation.TapCount; tap++)
            for (int i = 0; i < correlation.GroupIn; i++, row++) run._offsets[row] = (correlation.Offset(correlation.Taps[tap]) + i) * sizeof(float);
        for (int i = 0; i < GradientTiles.Most; i++) run._offsets[correlation.Depth + i] = run._offsets[0];
        Crew.Run(run._lineParts * run._columnParts, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &run);
        Crew.Run(panels, KernelWidths.Pick(&Finish<Lanes1>, &Finish<Lanes8>, &Finish<Lanes16>), &run);
    }

    private void Share()
    {
        int lines = _correlation.Lines, panels = _blocks * _correlation.Groups;
        long most = Math.Clamp(MostSums / (panels * _panelLength), 1, MostLineParts);
        long products = Math.Max(1, _correlation.Products / Math.Max(1, lines));
        _linesPerPart = (int)Math.Max(1, Math.Max((lines + most - 1) / most, LeastProducts / products));
        _lineParts = Math.Max(1, (lines + _linesPerPart - 1) / _linesPerPart);
        _columnParts = (int)Math.Clamp(Math.Min(LeastParts / _lineParts, _correlation.Products / LeastProducts), 1, panels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref WeightGradient run = ref *(WeightGradient*)context;
        (int columnPart, int linePart) = Math.DivRem(part, run._lineParts);
        Correlation correlation = run._correlation;
        int panels = run._blocks * correlation.Groups, firstPanel = (int)((long)panels * columnPart / run._columnParts), endPanel = (int)((long)panels * (columnPart + 1) / run._columnParts);
        int firstLine = linePart * run._linesPerPart, endLine = Math.Min(correlation.Lines, firstLine + run._linesPerPart), width = run._width;
        float* sums = run._sums + (linePart * panels * run._panelLength), biasSums = run._biasSums + ((nint)linePart * panels * width);
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            Unsafe.InitBlockUnaligned(sums + (panel * run._panelLength), 0, (uint)(run._panelLength * sizeof(float)));
            Unsafe.InitBlockUnaligned(biasSums + (panel * width), 0, (uint)(width * sizeof(float)));
        }
        using Scratch scratch = Scratch.Open();
        PixelBatch batch = new(&correlation, Math.Max(1, Math.Min(endLine - firstLine, PixelBatch.LinesFor(correlation, BatchPixels))), scratch);
        float* packed = scratch.Floats((long)batch.Most * correlation.Columns * width);
        for (int line = firstLine; line < endLine; line += batch.Most)
        {
            int pixels = batch.Fill(run._source, run._gradient, line, Math.Min(endLine, line + batch.Most));
            float** sources = batch.Sources;
            float* gradient = run._gradient + ((nint)line * correlation.Columns * correlation.TargetChannels);
            if (line + batch.Most < endLine) Prefetch.Numbers(gradient + ((nint)pixels * correlation.TargetChannels), (nint)pixels * correlation.TargetChannels);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                (int group, int block) = Math.DivRem(panel, run._blocks);
                int channel = (group * correlation.GroupOut) + (block * width), columns = Math.Min(width, correlation.GroupOut - (block * width));
                PackGradient<L>(gradient + channel, correlation.TargetChannels, pixels, columns, width, packed, biasSums + (panel * width));
                nint shift = (nint)group * correlation.GroupIn;
                if (shift != 0)
                    for (int i = 0; i < pixels; i++) sources[i] += shift;
                if (width > L.Count) Multiply<L, Two>(sources, pixels, run._offsets, correlation.Depth, packed, sums + (panel * run._panelLength));
                else Multiply<L, One>(sources, pixels, run._offsets, correlation.Depth, packed, sums + (panel * run._panelLength));
                if (shift != 0)
                    for (int i = 0; i < pixels; i++) sources[i] -= shift;
            }
        }
    }

    /// <summary>Puts a block of the gradient's channels together, zero past the last one, and adds them up for the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackGradient<L>(float* gradient, nint stride, int pixels, int columns, int width, float* packed, float* sums)
        where L : unmanaged, ILanes<L>
    {
        for (int column = 0; column < width; column += L.Count)
        {
            float* from = gradient + column, to = packed + column;
            L sum = L.Load(sums + column);
            if (columns - column >= L.Count)
            {
                for (int i = 0; i < pixels; i++, from += stride, to += width)
                {
                    L numbers = L.Load(from);
                    sum += numbers;
                    L.Store(numbers, to);
                }
            }
            else
            {
                int some = Math.Max(0, columns - column);
                for (int i = 0; i < pixels; i++, from += stride, to += width)
                {
                    L numbers = L.Load(from, some);
                    sum += numbers;
                    L.Store(numbers, to);
                }
            }
            L.Store(sum, sums + column);
        }
    }

    /// <summary>Adds the products of all rows; a few more rows follow the last one.</summary>
    internal static void Multiply<L, TVectors>(float** sources, int pixels, nint* offsets, int rows, float* gradient, float* sums)
        where L : unmanaged, ILanes<L>
        where TVectors : struct, ISize
    {
        int row = 0, width = TVectors.Value * L.Count;
        if (L.Count == 16)
            for (; rows - row > 12; row += GradientTiles.Most) GradientTiles.Run<L, Fourteen, TVectors>(sources, pixels, offsets + row, gradient, sums + (row * width));
        for (; row < rows; row += Six.Value) GradientTiles.Run<L, Six, TVectors>(sources, pixels, offsets + row, gradient, sums + (row * width));
    }

    /// <summary>Adds the parts' sums of one panel and writes them as (O, C / groups, KH, KW).</summary>
    private static void Finish<L>(void* context, int panel)
        where L : unmanaged, ILanes<L>
    {
        ref WeightGradient run = ref *(WeightGradient*)context;
        ref Correlation correlation = ref run._correlation;
        int width = run._width, panels = run._blocks * correlation.Groups;
        (int group, int block) = Math.DivRem(panel, run._blocks);
        float* sums = run._sums + (panel * run._panelLength), biasSums = run._biasSums + (panel * width);
        for (int part = 1; part < run._lineParts; part++)
        {
            AddTo<L>(sums, sums + (part * panels * run._panelLength), (nint)correlation.Depth * width);
            AddTo<L>(biasSums, biasSums + (part * panels * width), width);
        }
        int channel = (group * correlation.GroupOut) + (block * width);
        Write(correlation, sums, biasSums, channel, Math.Min(width, ((group + 1) * correlation.GroupOut) - channel), width, run._weights, run._bias);
    }

    /// <summary>Writes one panel of sums, which lie by taps, source channels and output channels from <paramref name="channel"/>, as (O, C / groups, KH, KW).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Write(in Correlation correlation, float* sums, float* biasSums, int channel, int columns, int width, float* weights, float* bias)
    {
        int depth = correlation.GroupIn, positions = correlation.TapCount;
        if (bias != null) new ReadOnlySpan<float>(biasSums, columns).CopyTo(new Span<float>(bias + channel, columns));
        weights += (nint)channel * depth * positions;
        for (int strip = 0; strip < depth; strip += Strip)
        {
            int end = Math.Min(depth, strip + Strip);
            for (int column = 0; column < columns; column++)
            {
                float* to = weights + (((nint)column * depth + strip) * positions);
                for (int i = strip; i < end; i++)
                    for (int tap = 0; tap < positions; tap++) *to++ = sums[((nint)tap * depth + i) * width + column];
            }
        }
    }

    internal static void AddTo<L>(float* sums, float* more, nint count)
        where L : unmanaged, ILanes<L>
    {
        nint i = 0;
        for (; i <= count - L.Count; i += L.Count) L.Store(L.Load(sums + i) + L.Load(more + i), sums + i);
        for (; i < count; i++) sums[i] += more[i];
    }
}
