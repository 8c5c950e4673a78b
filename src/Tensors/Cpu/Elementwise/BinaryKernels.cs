using System.Runtime.CompilerServices;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Functions of two numbers, over two views that are repeated to one shape.</summary>
internal static unsafe class BinaryKernels
{
    private struct Work
    {
        internal BinaryFunction Function;
        internal float* A, B, Mask, Y;
        internal StridedPair Way;

        /// <summary>Rows along the last axis, and how many a part takes.</summary>
        internal int Rows, RowsPerPart;
        internal int Columns, PerPart;
    }

    internal static void Run(BinaryFunction function, float* a, float* b, float* y, in StridedPair way)
    {
        int rank = way.Sizes.Rank, columns = rank == 0 ? 1 : way.Sizes[-1], rows = 1;
        for (int axis = 0; axis < rank - 1; axis++) rows *= way.Sizes[axis];
        Work work = new() { Function = function, A = a, B = b, Y = y, Way = way, Rows = rows, RowsPerPart = Pieces.Rows(columns, Pieces.Cheap), Columns = columns, PerPart = Pieces.Cheap };
        if (rows == 1) Crew.Run((columns + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&Piece<Lanes1>, &Piece<Lanes8>, &Piece<Lanes16>), &work);
        else Crew.Run((rows + work.RowsPerPart - 1) / work.RowsPerPart, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &work);
    }

    internal static void Select(float* mask, float* a, float* b, float* y, int count)
    {
        Work work = new() { Mask = mask, A = a, B = b, Y = y, Columns = count, PerPart = Pieces.Cheap };
        Crew.Run((count + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&SelectPart<Lanes1>, &SelectPart<Lanes8>, &SelectPart<Lanes16>), &work);
    }

    /// <summary>Some of the only row.</summary>
    private static void Piece<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int rank = work->Way.Sizes.Rank, left = rank == 0 ? 0 : work->Way.Left[-1], right = rank == 0 ? 0 : work->Way.Right[-1];
        long first = (long)part * work->PerPart;
        Row<T>(work->Function, work->A + first * left, left, work->B + first * right, right, work->Y + first, (int)Math.Min(work->PerPart, work->Columns - first));
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        ref readonly StridedPair way = ref work->Way;
        int rank = way.Sizes.Rank, first = part * work->RowsPerPart, end = Math.Min(first + work->RowsPerPart, work->Rows);
        for (int row = first; row < end; row++)
        {
            long a = 0, b = 0;
            for (int axis = rank - 2, left = row; axis >= 0; axis--)
            {
                int size = way.Sizes[axis], at = left % size;
                left /= size;
                a += (long)at * way.Left[axis];
                b += (long)at * way.Right[axis];
            }
            Row<T>(work->Function, work->A + a, way.Left[rank - 1], work->B + b, way.Right[rank - 1], work->Y + (long)row * work->Columns, work->Columns);
        }
    }

    private static void Row<T>(BinaryFunction function, float* a, int left, float* b, int right, float* y, int count)
        where T : unmanaged, ILanes<T>
    {
        switch (function)
        {
            case BinaryFunction.Add: Loop<T, Sum>(a, left, b, right, y, count); break;
            case BinaryFunction.Subtract: Loop<T, Difference>(a, left, b, right, y, count); break;
            case BinaryFunction.Multiply: Loop<T, Product>(a, left, b, right, y, count); break;
            case BinaryFunction.Divide: Loop<T, Quotient>(a, left, b, right, y, count); break;
            case BinaryFunction.Maximum: Loop<T, Greatest>(a, left, b, right, y, count); break;
            case BinaryFunction.Minimum: Loop<T, Least>(a, left, b, right, y, count); break;
            case BinaryFunction.Greater: Loop<T, IsGreater>(a, left, b, right, y, count); break;
            case BinaryFunction.Equal: Loop<T, IsEqual>(a, left, b, right, y, count); break;
            case BinaryFunction.GreaterOrEqual: for (int i = 0; i < count; i++, a += left, b += right) y[i] = *a >= *b ? 1 : 0; break;
            case BinaryFunction.Power: for (int i = 0; i < count; i++, a += left, b += right) y[i] = MathF.Pow(*a, *b); break;
        }
    }

    // Numbers side by side or one that is repeated go by lanes; others, such as those of a transposed view, one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T, TFunction>(float* a, int left, float* b, int right, float* y, int count)
        where T : unmanaged, ILanes<T>
        where TFunction : struct, IBinary
    {
        if (left is not (0 or 1) || right is not (0 or 1))
        {
            for (int i = 0; i < count; i++) Lanes1.Store(TFunction.Of(Lanes1.Load(a + (long)i * left), Lanes1.Load(b + (long)i * right)), y + i);
            return;
        }
        int at = 0;
        if (left == 1 && right == 1)
        {
            for (; at + T.Count <= count; at += T.Count) T.Store(TFunction.Of(T.Load(a + at), T.Load(b + at)), y + at);
        }
        else if (left == 1)
        {
            T common = T.Broadcast(*b);
            for (; at + T.Count <= count; at += T.Count) T.Store(TFunction.Of(T.Load(a + at), common), y + at);
        }
        else if (right == 1)
        {
            T common = T.Broadcast(*a);
            for (; at + T.Count <= count; at += T.Count) T.Store(TFunction.Of(common, T.Load(b + at)), y + at);
        }
        if (at >= count) return;
        int rest = count - at;
        T lastA = left == 1 ? T.Load(a + at, rest) : T.Broadcast(*a), lastB = right == 1 ? T.Load(b + at, rest) : T.Broadcast(*b), value = TFunction.Of(lastA, lastB);
        if (left + right > 0)
        {
            T.Store(value, y + at, rest);
            return;
        }
        for (; at < count; at += T.Count) T.Store(value, y + at, Math.Min(T.Count, count - at));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SelectPart<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int i = part * work->PerPart, end = Math.Min(i + work->PerPart, work->Columns);
        for (; i < end; i += T.Count)
        {
            int count = Math.Min(T.Count, end - i);
            T.Store(T.Select(T.Equal(T.Load(work->Mask + i, count), T.Zero), T.Load(work->B + i, count), T.Load(work->A + i, count)), work->Y + i, count);
        }
    }

    private interface IBinary
    {
        static abstract T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T>;
    }

    private readonly struct Sum : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => a + b;
    }

    private readonly struct Difference : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => a - b;
    }

    private readonly struct Product : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => a * b;
    }

    private readonly struct Quotient : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => a / b;
    }

    // NaN if one of them is: the second one is taken where one is, so that only a NaN in a needs care.
    private readonly struct Greatest : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => T.Select(T.Equal(a, a), T.Max(a, b), a);
    }

    private readonly struct Least : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => T.Select(T.Equal(a, a), T.Min(a, b), a);
    }

    private readonly struct IsGreater : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => T.Select(T.Less(b, a), T.Broadcast(1), T.Zero);
    }

    private readonly struct IsEqual : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : unmanaged, ILanes<T> => T.Select(T.Equal(a, b), T.Broadcast(1), T.Zero);
    }
}
