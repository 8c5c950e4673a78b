namespace MLPipelines.Tensors.Cpu;

/// <summary>Taking and adding by indices. Additions go in the order of the indices.</summary>
internal static unsafe class IndexKernels
{
    internal static int FirstOutside(long* indices, int count, int end)
    {
        for (int i = 0; i < count; i++)
            if ((ulong)indices[i] >= (ulong)end) return i;
        return -1;
    }

    internal static void SelectLines(in Lines lines, float* x, long* indices, float* y)
    {
        int inner = lines.Inner;
        for (int o = 0; o < lines.Outer; o++, x += (long)lines.Size * inner)
            for (int i = 0; i < lines.Count; i++, y += inner)
                new ReadOnlySpan<float>(x + indices[i] * inner, inner).CopyTo(new Span<float>(y, inner));
    }

    internal static void AddLines(in Lines lines, float* x, long* indices, float* y)
    {
        int inner = lines.Inner;
        for (int o = 0; o < lines.Outer; o++, y += (long)lines.Size * inner)
        {
            for (int i = 0; i < lines.Count; i++, x += inner)
            {
                float* to = y + indices[i] * inner;
                for (int k = 0; k < inner; k++) to[k] += x[k];
            }
        }
    }

    internal static void Gather(in Lines lines, float* x, long* indices, float* y)
    {
        int inner = lines.Inner;
        for (int o = 0; o < lines.Outer; o++, x += (long)lines.Size * inner)
            for (int i = 0; i < lines.Count; i++, y += inner, indices += inner)
                for (int k = 0; k < inner; k++) y[k] = x[indices[k] * inner + k];
    }

    internal static void ScatterAdd(in Lines lines, float* x, long* indices, float* y)
    {
        int inner = lines.Inner;
        for (int o = 0; o < lines.Outer; o++, y += (long)lines.Size * inner)
            for (int i = 0; i < lines.Count; i++, x += inner, indices += inner)
                for (int k = 0; k < inner; k++) y[indices[k] * inner + k] += x[k];
    }

    /// <summary>NaN counts as greater than any number, so that it is seen.</summary>
    internal static void ArgMax(in Lines lines, float* x, long* y)
    {
        int inner = lines.Inner;
        for (int o = 0; o < lines.Outer; o++, x += (long)lines.Size * inner, y += inner)
        {
            for (int k = 0; k < inner; k++)
            {
                int best = 0;
                for (int i = 1; i < lines.Size && !float.IsNaN(x[(long)best * inner + k]); i++)
                    if (!(x[(long)i * inner + k] <= x[(long)best * inner + k])) best = i;
                y[k] = best;
            }
        }
    }
}
