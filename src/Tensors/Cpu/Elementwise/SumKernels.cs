using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Sums the middle axis of (outer, count, inner): rows where inner is 1, columns where outer is 1.</summary>
/// <remarks>
/// A row is summed in four times as many lanes as a register has, columns in runs of rows whose sums are added afterwards; where the runs and lanes begin follows from the sizes, so
/// that the order is the same for any number of threads.
/// </remarks>
internal static unsafe class SumKernels
{
    // Rows of one run of a sum over columns: long enough that its sums are few, short enough that a tall matrix keeps threads busy.
    private const int RunLength = 256;

    private struct Work
    {
        internal float* X, Y;
        internal int Outer, Count, Inner, PerPart;
    }

    internal static void Run(float* x, float* y, int outer, int count, int inner)
    {
        Work work = new() { X = x, Y = y, Outer = outer, Count = count, Inner = inner };
        if (inner == 1)
        {
            work.PerPart = Pieces.Rows(count, Pieces.Cheap);
            Crew.Run((outer + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&Rows<Lanes1>, &Rows<Lanes8>, &Rows<Lanes16>), &work);
            return;
        }
        int runs = (count + RunLength - 1) / RunLength;
        var columns = KernelWidths.Pick(&Columns<Lanes1>, &Columns<Lanes8>, &Columns<Lanes16>);
        if (runs <= 1)
        {
            work.PerPart = Pieces.Rows(Math.Max(1, count) * inner, Pieces.Cheap);
            Crew.Run((outer + work.PerPart - 1) / work.PerPart, columns, &work);
            return;
        }
        // Whole runs first, as if there were as many outer ones more; then what they gave.
        using Scratch scratch = Scratch.Open();
        float* sums = scratch.Floats((long)runs * inner);
        for (int o = 0; o < outer; o++, x += (long)count * inner, y += inner)
        {
            work = new Work { X = x, Y = sums, Outer = runs, Count = RunLength, Inner = inner, PerPart = Pieces.Rows(RunLength * inner, Pieces.Cheap) };
            int whole = count / RunLength;
            work.Outer = whole;
            Crew.Run((whole + work.PerPart - 1) / work.PerPart, columns, &work);
            if (whole < runs)
            {
                work = new Work { X = x + (long)whole * RunLength * inner, Y = sums + (long)whole * inner, Outer = 1, Count = count - whole * RunLength, Inner = inner, PerPart = 1 };
                columns(&work, 0);
            }
            work = new Work { X = sums, Y = y, Outer = 1, Count = runs, Inner = inner, PerPart = 1 };
            columns(&work, 0);
        }
    }

    private static void Rows<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Outer);
        for (int row = first; row < end; row++) work->Y[row] = Row<T>(work->X + (long)row * work->Count, work->Count);
    }

    /// <summary>The sum of numbers side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Row<T>(float* x, int count)
        where T : unmanaged, ILanes<T>
    {
        T a = T.Zero, b = T.Zero, c = T.Zero, d = T.Zero;
        int i = 0, w = T.Count;
        for (; i + 4 * w <= count; i += 4 * w)
        {
            a += T.Load(x + i);
            b += T.Load(x + i + w);
            c += T.Load(x + i + 2 * w);
            d += T.Load(x + i + 3 * w);
        }
        for (; i < count; i += w) a += T.Load(x + i, Math.Min(w, count - i));
        return T.Sum(a + b + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Outer), inner = work->Inner, count = work->Count, w = T.Count;
        for (int o = first; o < end; o++)
        {
            float* x = work->X + (long)o * count * inner, y = work->Y + (long)o * inner;
            int i = 0;
            for (; i + 4 * w <= inner; i += 4 * w)
            {
                T a = T.Zero, b = T.Zero, c = T.Zero, d = T.Zero;
                float* from = x + i;
                for (int k = 0; k < count; k++, from += inner)
                {
                    a += T.Load(from);
                    b += T.Load(from + w);
                    c += T.Load(from + 2 * w);
                    d += T.Load(from + 3 * w);
                }
                T.Store(a, y + i);
                T.Store(b, y + i + w);
                T.Store(c, y + i + 2 * w);
                T.Store(d, y + i + 3 * w);
            }
            for (; i < inner; i += w)
            {
                int wide = Math.Min(w, inner - i);
                T sum = T.Zero;
                for (int k = 0; k < count; k++) sum += T.Load(x + (long)k * inner + i, wide);
                T.Store(sum, y + i, wide);
            }
        }
    }
}
