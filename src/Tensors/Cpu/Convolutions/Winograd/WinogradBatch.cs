using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu.Convolutions.Winograd;

/// <summary>The transformed sources of some tiles.</summary>
internal static unsafe class WinogradBatch
{
    /// <summary>For each point, <paramref name="stride"/> numbers apart, for each tile, all channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sources<L>(in WinogradTiling tiling, int first, int tiles, float* source, int channels, float* to, nint stride)
        where L : unmanaged, ILanes<L>
    {
        using Scratch scratch = Scratch.Open();
        float* zeros = scratch.Floats(channels);
        float** window = (float**)scratch.Of<nint>(16);
        new Span<float>(zeros, channels).Clear();
        tiling.AheadOfSource(first + tiles, tiles, source);
        for (int tile = 0; tile < tiles; tile++, to += channels)
        {
            tiling.Window(first + tile, source, zeros, window);
            WinogradTransforms.Source<L>(window, channels, to, stride);
        }
    }
}
