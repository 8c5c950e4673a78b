namespace MLPipelines.Tensors.Cpu.Convolutions.Winograd;

/// <summary>The transformed sources of some tiles.</summary>
internal static unsafe class WinogradBatch
{
    /// <summary>For each point, for each tile, all channels.</summary>
    internal static float* Sources<L>(in WinogradTiling tiling, int first, int tiles, float* source, int channels, Scratch scratch)
        where L : unmanaged, ILanes<L>
    {
        float* sources = scratch.Floats((long)WinogradTiling.Points * tiles * channels), zeros = scratch.Floats(channels);
        float** window = (float**)scratch.Of<nint>(16);
        new Span<float>(zeros, channels).Clear();
        for (int tile = 0; tile < tiles; tile++)
        {
            tiling.Window(first + tile, source, zeros, window);
            WinogradTransforms.Source<L>(window, channels, sources + ((nint)tile * channels), (nint)tiles * channels);
        }
        return sources;
    }
}
