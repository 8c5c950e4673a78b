using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions.Winograd;

/// <summary>
/// The gradient of a 3 × 3 convolution by its weights, Gᵀ [Σ (Bᵀ d B) ⊙ (A y Aᵀ)] G over all tiles: sixteen products where the definition needs 36. Tiles are
/// shared among parts whose sums are added in their order.
/// </summary>
internal unsafe struct WinogradGradient
{
    private const int BatchTiles = 56;
    private const int MostTileParts = 8;
    private const int LeastParts = 16;
    private const long MostSums = 4 << 20;

    private Correlation _correlation;
    private WinogradTiling _tiling;
    private float* _source, _gradient, _sums, _biasSums, _weights, _bias;
    private nint* _offsets;
    private int _width, _blocks, _tileParts, _tilesPerPart, _columnParts, _batch;

    internal static void Run(in Correlation correlation, float* source, float* gradient, int width, float* weights, float* bias)
    {
        using Scratch scratch = Scratch.Open();
        WinogradGradient run = new()
        {
            _correlation = correlation, _tiling = new WinogradTiling(correlation), _source = source, _gradient = gradient, _weights = weights, _bias = bias, _width = width,
            _blocks = WeightPanels.Blocks(correlation, width),
        };
        run.Share();
        run._sums = scratch.Floats(run._tileParts * run._blocks * run.BlockLength);
        run._biasSums = scratch.Floats((long)run._tileParts * run._blocks * width);
        int rows = correlation.GroupIn + GradientTiles.Most;
        run._offsets = scratch.Of<nint>(WinogradTiling.Points * rows);
        for (int point = 0; point < WinogradTiling.Points; point++)
            for (int row = 0; row < rows; row++) run._offsets[(point * rows) + row] = ((point * run.SourceStep) + (row < correlation.GroupIn ? row : 0)) * sizeof(float);
        Crew.Run(run._tileParts * run._columnParts, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &run);
        Crew.Run(run._blocks, KernelWidths.Pick(&Finish<Lanes1>, &Finish<Lanes8>, &Finish<Lanes16>), &run);
    }

    private readonly nint PointLength => (nint)(_correlation.GroupIn + GradientTiles.Most) * _width;

    private readonly nint BlockLength => WinogradTiling.Points * PointLength;

    private readonly nint SourceStep => WinogradTiling.Apart((nint)_batch * _correlation.GroupIn);

    private readonly nint GradientStep => WinogradTiling.Apart((nint)_batch * _width);

    private void Share()
    {
        int tiles = _tiling.Tiles;
        long most = Math.Clamp(MostSums / (_blocks * BlockLength), 1, MostTileParts);
        _tilesPerPart = (int)Math.Max(BatchTiles, (tiles + most - 1) / most);
        _tileParts = (tiles + _tilesPerPart - 1) / _tilesPerPart;
        _columnParts = Math.Clamp(LeastParts / _tileParts, 1, _blocks);
        _batch = Math.Min(BatchTiles, _tilesPerPart);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part<L>(void* context, int part)
        where L : unmanaged, ILanes<L>
    {
        ref WinogradGradient run = ref *(WinogradGradient*)context;
        (int columnPart, int tilePart) = Math.DivRem(part, run._tileParts);
        int width = run._width, channels = run._correlation.GroupIn, batch = run._batch;
        int firstBlock = (int)((long)run._blocks * columnPart / run._columnParts), endBlock = (int)((long)run._blocks * (columnPart + 1) / run._columnParts);
        int first = tilePart * run._tilesPerPart, end = Math.Min(run._tiling.Tiles, first + run._tilesPerPart);
        float* sums = run._sums + (tilePart * run._blocks * run.BlockLength), biasSums = run._biasSums + ((nint)tilePart * run._blocks * width);
        for (int block = firstBlock; block < endBlock; block++)
        {
            Unsafe.InitBlockUnaligned(sums + (block * run.BlockLength), 0, (uint)(run.BlockLength * sizeof(float)));
            Unsafe.InitBlockUnaligned(biasSums + (block * width), 0, (uint)(width * sizeof(float)));
        }
        using Scratch scratch = Scratch.Open();
        float* sources = scratch.Floats(WinogradTiling.Points * run.SourceStep), gradients = scratch.Floats(WinogradTiling.Points * run.GradientStep);
        float** rows = (float**)scratch.Of<nint>(batch);
        for (int i = 0; i < batch; i++) rows[i] = sources + ((nint)i * channels);
        for (; first < end; first += batch)
        {
            int tiles = Math.Min(batch, end - first);
            WinogradBatch.Sources<L>(run._tiling, first, tiles, run._source, channels, sources, run.SourceStep);
            run._tiling.AheadOfTarget(first + tiles, tiles, run._gradient);
            for (int block = firstBlock; block < endBlock; block++)
            {
                run.Gradients<L>(first, tiles, block, gradients, biasSums + (block * width));
                for (int point = 0; point < WinogradTiling.Points; point++)
                {
                    nint* offsets = run._offsets + (point * (channels + GradientTiles.Most));
                    float* pointGradients = gradients + (point * run.GradientStep), pointSums = sums + (block * run.BlockLength) + (point * run.PointLength);
                    if (width > L.Count) WeightGradient.Multiply<L, Two>(rows, tiles, offsets, channels, pointGradients, pointSums);
                    else WeightGradient.Multiply<L, One>(rows, tiles, offsets, channels, pointGradients, pointSums);
                }
            }
        }
    }

    /// <summary>The transformed gradients of one block of channels, and their sums for the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gradients<L>(int first, int tiles, int block, float* to, float* biasSums)
        where L : unmanaged, ILanes<L>
    {
        int columns = Math.Min(_width, _correlation.GroupOut - (block * _width));
        nint stride = GradientStep;
        float** pixels = stackalloc float*[4];
        for (int tile = 0; tile < tiles; tile++, to += _width)
        {
            _tiling.Targets(first + tile, _gradient + (block * _width), pixels);
            for (int column = 0; column < _width; column += L.Count)
            {
                int some = Math.Clamp(columns - column, 0, L.Count);
                L topLeft = At<L>(pixels[0], column, some), topRight = At<L>(pixels[1], column, some), bottomLeft = At<L>(pixels[2], column, some), bottomRight = At<L>(pixels[3], column, some);
                L.Store(L.Load(biasSums + column) + (topLeft + topRight + (bottomLeft + bottomRight)), biasSums + column);
                WinogradTransforms.Gradient(topLeft, topRight, bottomLeft, bottomRight, to + column, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L At<L>(float* pixel, int column, int columns)
        where L : unmanaged, ILanes<L> => pixel == null ? L.Zero : columns == L.Count ? L.Load(pixel + column) : L.Load(pixel + column, columns);

    /// <summary>Adds the parts' sums of one block and transforms them to weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish<L>(void* context, int block)
        where L : unmanaged, ILanes<L>
    {
        ref WinogradGradient run = ref *(WinogradGradient*)context;
        int width = run._width;
        float* sums = run._sums + (block * run.BlockLength), biasSums = run._biasSums + (block * width);
        for (int part = 1; part < run._tileParts; part++)
        {
            WeightGradient.AddTo<L>(sums, sums + (part * run._blocks * run.BlockLength), run.BlockLength);
            WeightGradient.AddTo<L>(biasSums, biasSums + (part * run._blocks * width), width);
        }
        nint length = (nint)run._correlation.GroupIn * width;
        using Scratch scratch = Scratch.Open();
        float* weights = scratch.Floats(9 * length);
        for (nint i = 0; i < length; i += L.Count) WinogradTransforms.WeightGradients<L>(sums + i, run.PointLength, weights + i, length);
        WeightGradient.Write(run._correlation, weights, biasSums, block * width, Math.Min(width, run._correlation.GroupOut - (block * width)), width, run._weights, run._bias);
    }
}
