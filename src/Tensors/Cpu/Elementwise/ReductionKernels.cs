namespace MLPipelines.Tensors.Cpu;

/// <summary>Reduces the middle axis of (outer, count, inner).</summary>
internal static unsafe class ReductionKernels
{
    internal static void Run(Reduction reduction, float* x, float* y, int outer, int count, int inner)
    {
        for (int o = 0; o < outer; o++, y += inner)
        {
            new Span<float>(y, inner).Fill(reduction == Reduction.Sum ? 0 : float.NegativeInfinity);
            for (int c = 0; c < count; c++, x += inner)
            {
                if (reduction == Reduction.Sum) for (int i = 0; i < inner; i++) y[i] += x[i];
                else for (int i = 0; i < inner; i++) y[i] = MathF.Max(y[i], x[i]);
            }
        }
    }
}
