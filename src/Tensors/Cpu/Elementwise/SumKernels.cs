namespace MLPipelines.Tensors.Cpu;

/// <summary>Sums the middle axis of (outer, count, inner).</summary>
internal static unsafe class SumKernels
{
    internal static void Run(float* x, float* y, int outer, int count, int inner)
    {
        for (int o = 0; o < outer; o++, y += inner)
        {
            new Span<float>(y, inner).Clear();
            for (int c = 0; c < count; c++, x += inner)
                for (int i = 0; i < inner; i++) y[i] += x[i];
        }
    }
}
