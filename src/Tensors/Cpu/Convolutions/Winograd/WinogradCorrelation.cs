using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions.Winograd;

/// <summary>Runs a 3 × 3 correlation by <see cref="WinogradTiling"/>: some tiles' sources are transformed, multiplied with a panel of weights point by point, and the sums transformed back.</summary>
internal unsafe struct WinogradCorrelation
{
    /// <summary>Tiles that are multiplied with one panel before the next one comes into the cache.</summary>
    private const int BatchTiles = 56;

    private const int LeastParts = 8;

    private Correlation _correlation;
    private WinogradTiling _tiling;
    private float* _source, _weights, _bias, _target;
    private bool _rectified;
    private int _width, _blocks, _tiles, _batches, _columnParts;

    /// <summary>Numbers that the transformed weights take.</summary>
    internal static long Length(in Correlation correlation, int width) => (long)WeightPanels.Blocks(correlation, width) * WinogradTiling.Points * correlation.GroupIn * width;

    /// <summary>Transforms panels of <see cref="WeightPanels"/>: for each block of channels sixteen panels, one for each point.</summary>
    internal static void Transform(in Correlation correlation, int width, float* panels, float* weights)
    {
        WinogradCorrelation run = new() { _correlation = correlation, _source = panels, _weights = weights, _width = width };
        Crew.Run(WeightPanels.Blocks(correlation, width), KernelWidths.Pick(&TransformBlock<Lanes1>, &TransformBlock<Lanes8>, &TransformBlock<Lanes16>), &run);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformBlock<L>(void* context, int block)
        where L : unmanaged, ILanes<L>
    {
        ref WinogradCorrelation run = ref *(WinogradCorrelation*)context;
        nint panel = (nint)run._correlation.GroupIn * run._width;
        float* from = run._source + (block * 9 * panel), to = run._weights + (block * WinogradTiling.Points * panel);
        for (nint i = 0; i < panel; i += L.Count) WinogradTransforms.Weights<L>(from + i, panel, to + i, panel);
    }

    /// <summary>target = rectified or not (source * weights + bias); <paramref name="bias"/> is padded to whole panels.</summary>
    internal static void Run(in Correlation correlation, float* source, float* weights, float* bias, bool rectified, int width, float* target)
    {
        WinogradTiling tiling = new(correlation);
        int batches = (tiling.Tiles + BatchTiles - 1) / BatchTiles, blocks = WeightPanels.Blocks(correlation, width);
        WinogradCorrelation run = new()
        {
            _correlation = correlation, _tiling = tiling, _source = source, _weights = weights, _bias = bias, _rectified = rectified, _target = target, _width = width, _blocks = blocks,
            _batches = batches, _tiles = (tiling.Tiles + batches - 1) / batches, _columnParts = batches >= LeastParts ? 1 : Math.Min(blocks, (LeastParts + batches - 1) / batches),
        };
        Crew.Run(batches * run._columnParts, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &run);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref WinogradCorrelation run = ref *(WinogradCorrelation*)context;
        (int columnPart, int batch) = Math.DivRem(part, run._batches);
        int first = batch * run._tiles, tiles = Math.Min(run._tiles, run._tiling.Tiles - first), channels = run._correlation.GroupIn, width = run._width;
        if (tiles <= 0) return;
        int firstBlock = (int)((long)run._blocks * columnPart / run._columnParts), endBlock = (int)((long)run._blocks * (columnPart + 1) / run._columnParts);
        using Scratch scratch = Scratch.Open();
        float** targets = (float**)scratch.Of<nint>(4), rows = (float**)scratch.Of<nint>(tiles + PixelTiles.Most), sumRows = (float**)scratch.Of<nint>(tiles + PixelTiles.Most);
        nint sourceStep = WinogradTiling.Apart((nint)tiles * channels), sumStep = WinogradTiling.Apart((nint)tiles * width);
        float* sources = scratch.Floats(WinogradTiling.Points * sourceStep), sums = scratch.Floats(WinogradTiling.Points * sumStep);
        WinogradBatch.Sources<L>(run._tiling, first, tiles, run._source, channels, sources, sourceStep);
        run._tiling.AheadOfTarget(first, tiles, run._target);
        float* noBias = scratch.Floats(width);
        new Span<float>(noBias, width).Clear();
        for (int i = 0; i < tiles + PixelTiles.Most; i++)
        {
            int tile = Math.Min(i, tiles - 1);
            rows[i] = sources + ((nint)tile * channels);
            sumRows[i] = sums + (tile * width);
        }
        nint* segment = scratch.Of<nint>(2);
        (segment[0], segment[1]) = (0, channels * sizeof(float));
        for (int block = firstBlock; block < endBlock; block++)
        {
            for (int point = 0; point < WinogradTiling.Points; point++)
            {
                PixelProducts products = new()
                {
                    Segments = segment, SegmentCount = 1, SourceShift = point * sourceStep * sizeof(float), TargetShift = point * sumStep,
                    Panel = run._weights + ((((nint)block * WinogradTiling.Points) + point) * channels * width), Bias = noBias, Columns = width,
                };
                if (width > L.Count) DenseCorrelation.Multiply<L, Two>(products, rows, sumRows, tiles);
                else DenseCorrelation.Multiply<L, One>(products, rows, sumRows, tiles);
            }
            int columns = Math.Min(width, run._correlation.GroupOut - (block * width));
            for (int tile = 0; tile < tiles; tile++)
            {
                run._tiling.Targets(first + tile, run._target + (block * width), targets);
                for (int column = 0; column < columns; column += L.Count)
                    Finish<L>(sums + ((nint)tile * width) + column, sumStep, run._bias + (block * width) + column, run._rectified, targets, column, Math.Min(L.Count, columns - column));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<L>(float* sums, nint stride, float* bias, bool rectified, float** targets, int column, int columns)
        where L : unmanaged, ILanes<L>
    {
        WinogradTransforms.Target(sums, stride, out L topLeft, out L topRight, out L bottomLeft, out L bottomRight);
        L shift = L.Load(bias);
        Put(topLeft + shift, rectified, targets[0], column, columns);
        Put(topRight + shift, rectified, targets[1], column, columns);
        Put(bottomLeft + shift, rectified, targets[2], column, columns);
        Put(bottomRight + shift, rectified, targets[3], column, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<L>(L value, bool rectified, float* target, int column, int columns)
        where L : unmanaged, ILanes<L>
    {
        if (target == null) return;
        if (rectified) value = L.Max(L.Zero, value);
        if (columns == L.Count) L.Store(value, target + column);
        else L.Store(value, target + column, columns);
    }
}
