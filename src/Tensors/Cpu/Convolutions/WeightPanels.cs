using System.Runtime.CompilerServices;
using MLPipelines.Tensors.Cpu.Convolutions.Winograd;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>
/// Weights in the order in which a correlation's kernels read them: for each group and each block of as many target channels as a register tile is
/// wide, first all taps, within them the source channels, and innermost the block's channels, zero past the last one.
/// </summary>
internal unsafe struct WeightPanels
{
    /// <summary>Source channels whose weights, of every position, stay in the first cache while they are turned.</summary>
    private const int Strip = 16;

    private Correlation _correlation;
    private float* _weights, _panels;
    private nint _sourceStride, _targetStride;
    private int _positions, _width;

    /// <summary>Blocks of target channels that one group has.</summary>
    internal static int Blocks(in Correlation correlation, int width) => (correlation.GroupOut + width - 1) / width;

    /// <summary>Numbers that the panels of a correlation take.</summary>
    internal static long Length(in Correlation correlation, int width) => WinogradTiling.Suits(correlation) ? WinogradCorrelation.Length(correlation, width) : PlainLength(correlation, width);

    private static long PlainLength(in Correlation correlation, int width) => (long)correlation.Groups * Blocks(correlation, width) * correlation.Depth * width;

    /// <summary>Packs weights of the shape (O, C / groups, KH, KW). <paramref name="transposed"/>: the correlation gives the input's gradient: it sums over O.</summary>
    internal static void Pack(in Correlation correlation, in ConvolutionSize size, float* weights, bool transposed, int width, float* panels)
    {
        if (!WinogradTiling.Suits(correlation))
        {
            PackPlain(correlation, size, weights, transposed, width, panels);
            return;
        }
        using Scratch scratch = Scratch.Open();
        float* plain = scratch.Floats(PlainLength(correlation, width));
        PackPlain(correlation, size, weights, transposed, width, plain);
        WinogradCorrelation.Transform(correlation, width, plain, panels);
    }

    private static void PackPlain(in Correlation correlation, in ConvolutionSize size, float* weights, bool transposed, int width, float* panels)
    {
        nint outStride = (nint)size.GroupIn * size.Positions;
        WeightPanels packing = new()
        {
            _correlation = correlation, _weights = weights, _panels = panels, _positions = size.Positions, _width = width,
            _sourceStride = transposed ? outStride : size.Positions, _targetStride = transposed ? size.Positions : outStride,
        };
        int blocks = correlation.Groups * Blocks(correlation, width);
        if (size.WeightLength < 1 << 14)
            for (int block = 0; block < blocks; block++) PackBlock(&packing, block);
        else
            Crew.Run(blocks, &PackBlock, &packing);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackBlock(void* context, int part)
    {
        WeightPanels packing = *(WeightPanels*)context;
        ref Correlation correlation = ref packing._correlation;
        int width = packing._width, depth = correlation.GroupIn;
        (int group, int block) = Math.DivRem(part, Blocks(correlation, width));
        int columns = Math.Min(width, correlation.GroupOut - (block * width));
        float* panel = packing._panels + ((nint)part * correlation.Depth * width);
        // A group's weights follow each other whichever way they are read, since O is the outermost dimension.
        float* weights = packing._weights + ((nint)group * correlation.GroupIn * correlation.GroupOut * packing._positions) + (block * width * packing._targetStride);
        int first = 0;
        if (SquareTransposition.IsSupported && packing._sourceStride == packing._positions && correlation.TapCount == packing._positions && columns == width && width % SquareTransposition.Side == 0)
            first = PackSquares(packing, weights, panel);
        for (int strip = first; strip < depth; strip += Strip)
        {
            int end = Math.Min(depth, strip + Strip);
            for (int tap = 0; tap < correlation.TapCount; tap++)
            {
                float* from = weights + correlation.Taps[tap].Position;
                for (int i = strip; i < end; i++)
                {
                    float* row = panel + (((nint)tap * depth + i) * width), source = from + (i * packing._sourceStride);
                    for (int column = 0; column < columns; column++) row[column] = source[column * packing._targetStride];
                    for (int column = columns; column < width; column++) row[column] = 0;
                }
            }
        }
    }

    /// <summary>A convolution's own panels, whose taps are in the order of its positions: the weights of an output channel are one run of channels and positions. Returns the channels that are done, all but the last few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int PackSquares(in WeightPanels packing, float* weights, float* panel)
    {
        int depth = packing._correlation.GroupIn, positions = packing._positions, width = packing._width, whole = depth / SquareTransposition.Side * SquareTransposition.Side;
        float** rows = stackalloc float*[SquareTransposition.Side];
        (int channel, int position) = (0, 0);
        for (int at = 0; at < whole * positions; at += SquareTransposition.Side)
        {
            for (int i = 0; i < SquareTransposition.Side; i++)
            {
                rows[i] = panel + (((nint)position * depth + channel) * width);
                if (++position == positions) (channel, position) = (channel + 1, 0);
            }
            for (int column = 0; column < width; column += SquareTransposition.Side)
            {
                SquareTransposition.Run(weights + at + (column * packing._targetStride), packing._targetStride, rows);
                for (int i = 0; i < SquareTransposition.Side; i++) rows[i] += SquareTransposition.Side;
            }
        }
        return whole;
    }
}
