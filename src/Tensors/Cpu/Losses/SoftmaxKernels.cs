using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>The softmax of rows and its logarithm, with their derivatives.</summary>
internal static unsafe class SoftmaxKernels
{
    private struct Work
    {
        internal float* X, Dy, To;
        internal int Rows, Columns, PerPart;
        internal bool IsLog;
    }

    internal static void Run(float* x, float* y, int rows, int columns, bool isLog)
    {
        Work work = new() { X = x, To = y, Rows = rows, Columns = columns, PerPart = Pieces.Rows(columns, Pieces.Dear), IsLog = isLog };
        Crew.Run((rows + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &work);
    }

    internal static void Gradient(float* y, float* dy, float* dx, int rows, int columns, bool isLog)
    {
        Work work = new() { X = y, Dy = dy, To = dx, Rows = rows, Columns = columns, PerPart = Pieces.Rows(columns, Pieces.Dear), IsLog = isLog };
        Crew.Run((rows + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&GradientPart<Lanes1>, &GradientPart<Lanes8>, &GradientPart<Lanes16>), &work);
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int columns = work->Columns, first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Rows);
        for (int row = first; row < end; row++)
        {
            float* x = work->X + (long)row * columns, y = work->To + (long)row * columns;
            float greatest = Greatest<T>(x, columns);
            if (work->IsLog) Shift<T>(x, y, columns, greatest + MathF.Log(SumOfPowers<T>(x, null, columns, greatest)));
            else Scale<T>(y, columns, 1 / SumOfPowers<T>(x, y, columns, greatest));
        }
    }

    /// <summary>ln Σ eˣ.</summary>
    internal static float LogSumExp<T>(float* x, int columns)
        where T : unmanaged, ILanes<T>
    {
        float greatest = Greatest<T>(x, columns);
        return greatest + MathF.Log(SumOfPowers<T>(x, null, columns, greatest));
    }

    /// <summary>The greatest, or 0 where that is infinite, since it is only to keep powers within range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Greatest<T>(float* x, int columns)
        where T : unmanaged, ILanes<T>
    {
        T most = T.Broadcast(float.NegativeInfinity);
        int i = 0;
        for (; i + T.Count <= columns; i += T.Count) most = T.Max(T.Load(x + i), most);
        float greatest = T.Greatest(most);
        for (; i < columns; i++) greatest = x[i] > greatest ? x[i] : greatest;
        return float.IsInfinity(greatest) ? 0 : greatest;
    }

    /// <summary>Σ e^(x - shift), the powers written where that is not null.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float SumOfPowers<T>(float* x, float* powers, int columns, float shift)
        where T : unmanaged, ILanes<T>
    {
        T sum = T.Zero, less = T.Broadcast(shift);
        int i = 0;
        for (; i + T.Count <= columns; i += T.Count)
        {
            T power = LanesMath.Exp(T.Load(x + i) - less);
            if (powers != null) T.Store(power, powers + i);
            sum += power;
        }
        float total = T.Sum(sum);
        if (i == columns) return total;
        T last = LanesMath.Exp(T.Load(x + i, columns - i) - less);
        if (powers != null) T.Store(last, powers + i, columns - i);
        // What lies beyond the row counts for nothing.
        float* lanes = stackalloc float[16];
        T.Store(last, lanes);
        for (int k = 0; k < columns - i; k++) total += lanes[k];
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Shift<T>(float* x, float* y, int columns, float shift)
        where T : unmanaged, ILanes<T>
    {
        T less = T.Broadcast(shift);
        int i = 0;
        for (; i + T.Count <= columns; i += T.Count) T.Store(T.Load(x + i) - less, y + i);
        if (i < columns) T.Store(T.Load(x + i, columns - i) - less, y + i, columns - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale<T>(float* y, int columns, float scale)
        where T : unmanaged, ILanes<T>
    {
        T factor = T.Broadcast(scale);
        int i = 0;
        for (; i + T.Count <= columns; i += T.Count) T.Store(T.Load(y + i) * factor, y + i);
        if (i < columns) T.Store(T.Load(y + i, columns - i) * factor, y + i, columns - i);
    }

    // y (dy - Σ y dy), or dy - eʸ Σ dy for the logarithm.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int columns = work->Columns, first = part * work->PerPart, end = Math.Min(first + work->PerPart, work->Rows);
        for (int row = first; row < end; row++)
        {
            long at = (long)row * columns;
            float* y = work->X + at, dy = work->Dy + at, dx = work->To + at;
            T sums = T.Zero;
            for (int i = 0; i < columns; i += T.Count)
            {
                int wide = Math.Min(T.Count, columns - i);
                T d = T.Load(dy + i, wide);
                sums = work->IsLog ? sums + d : T.MultiplyAdd(d, T.Load(y + i, wide), sums);
            }
            T sum = T.Broadcast(T.Sum(sums));
            for (int i = 0; i < columns; i += T.Count)
            {
                int wide = Math.Min(T.Count, columns - i);
                T d = T.Load(dy + i, wide), v = T.Load(y + i, wide);
                T.Store(work->IsLog ? d - LanesMath.Exp(v) * sum : v * (d - sum), dx + i, wide);
            }
        }
    }
}
