using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Taking and adding by indices. Additions go in the order of the indices.</summary>
internal static unsafe class IndexKernels
{
    private struct Work
    {
        internal Lines Lines;
        internal float* X, Y;
        internal long* Indices;
        internal int PerPart;
    }

    internal static int FirstOutside(long* indices, int count, int end, bool mayBeLeftOut)
    {
        for (int i = 0; i < count; i++)
            if ((ulong)indices[i] >= (ulong)end && !(mayBeLeftOut && indices[i] == Tensor.LeftOut)) return i;
        return -1;
    }

    internal static void SelectLines(in Lines lines, float* x, long* indices, float* y)
    {
        int all = lines.Outer * lines.Count;
        Work work = new() { Lines = lines, X = x, Y = y, Indices = indices, PerPart = Pieces.Rows(lines.Inner, Pieces.Cheap) };
        Crew.Run((all + work.PerPart - 1) / work.PerPart, &SelectPart, &work);
    }

    private static void SelectPart(void* context, int part)
    {
        Work* work = (Work*)context;
        int inner = work->Lines.Inner, count = work->Lines.Count, end = Math.Min((part + 1) * work->PerPart, work->Lines.Outer * count);
        for (int line = part * work->PerPart; line < end; line++)
        {
            float* from = work->X + ((long)(line / count) * work->Lines.Size + work->Indices[line % count]) * inner;
            new ReadOnlySpan<float>(from, inner).CopyTo(new Span<float>(work->Y + (long)line * inner, inner));
        }
    }

    /// <summary>Parts are columns, since the same line may be added to many times.</summary>
    internal static void AddLines(in Lines lines, float* x, long* indices, float* y)
    {
        double all = (double)lines.Outer * lines.Count * lines.Inner;
        int parts = (int)Math.Clamp(all / Pieces.Cheap, 1, Math.Clamp(lines.Inner / 64, 1, 16));
        Work work = new() { Lines = lines, X = x, Y = y, Indices = indices, PerPart = (lines.Inner + parts - 1) / parts };
        Crew.Run((lines.Inner + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&AddPart<Lanes1>, &AddPart<Lanes8>, &AddPart<Lanes16>), &work);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int inner = work->Lines.Inner, first = part * work->PerPart, count = Math.Min(work->PerPart, inner - first);
        float* x = work->X + first, y = work->Y + first;
        for (int o = 0; o < work->Lines.Outer; o++, y += (long)work->Lines.Size * inner)
        {
            for (int i = 0; i < work->Lines.Count; i++, x += inner)
            {
                float* to = y + work->Indices[i] * inner;
                int k = 0;
                for (; k + T.Count <= count; k += T.Count) T.Store(T.Load(to + k) + T.Load(x + k), to + k);
                if (k < count) T.Store(T.Load(to + k, count - k) + T.Load(x + k, count - k), to + k, count - k);
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
