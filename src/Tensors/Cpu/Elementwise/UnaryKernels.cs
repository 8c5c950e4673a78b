using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Functions of one number, over many.</summary>
internal static unsafe class UnaryKernels
{
    private struct Work
    {
        internal float* X, Y;
        internal int Count, PerPart;
        internal UnaryFunction Function;
    }

    internal static void Run(UnaryFunction function, float* x, float* y, int count)
    {
        bool isCheap = function is UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Square or UnaryFunction.Sign;
        Work work = new() { X = x, Y = y, Count = count, PerPart = isCheap ? Pieces.Cheap : Pieces.Dear, Function = function };
        Crew.Run((count + work.PerPart - 1) / work.PerPart, KernelWidths.Pick(&Part<Lanes1>, &Part<Lanes8>, &Part<Lanes16>), &work);
    }

    private static void Part<T>(void* context, int part)
        where T : unmanaged, ILanes<T>
    {
        Work* work = (Work*)context;
        int first = part * work->PerPart, count = Math.Min(work->PerPart, work->Count - first);
        float* x = work->X + first, y = work->Y + first;
        switch (work->Function)
        {
            case UnaryFunction.Negate: Loop<T, Negation>(x, y, count); break;
            case UnaryFunction.Exp: Loop<T, Exponential>(x, y, count); break;
            case UnaryFunction.Log: Loop<T, Logarithm>(x, y, count); break;
            case UnaryFunction.Sqrt: Loop<T, Root>(x, y, count); break;
            case UnaryFunction.Abs: Loop<T, Magnitude>(x, y, count); break;
            case UnaryFunction.Square: Loop<T, Square>(x, y, count); break;
            case UnaryFunction.Sign: for (int i = 0; i < count; i++) y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i]; break;
            case UnaryFunction.Sin: for (int i = 0; i < count; i++) y[i] = MathF.Sin(x[i]); break;
            case UnaryFunction.Cos: for (int i = 0; i < count; i++) y[i] = MathF.Cos(x[i]); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T, TFunction>(float* x, float* y, int count)
        where T : unmanaged, ILanes<T>
        where TFunction : struct, IUnary
    {
        int i = 0;
        for (; i + T.Count <= count; i += T.Count) T.Store(TFunction.Of(T.Load(x + i)), y + i);
        if (i < count) T.Store(TFunction.Of(T.Load(x + i, count - i)), y + i, count - i);
    }

    private interface IUnary
    {
        static abstract T Of<T>(T x)
            where T : unmanaged, ILanes<T>;
    }

    private readonly struct Negation : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : unmanaged, ILanes<T> => T.Broadcast(-0f) - x;
    }

    private readonly struct Exponential : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : unmanaged, ILanes<T> => LanesMath.Exp(x);
    }

    private readonly struct Logarithm : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : unmanaged, ILanes<T> => LanesMath.Log(x);
    }

    private readonly struct Root : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : unmanaged, ILanes<T> => T.Sqrt(x);
    }

    private readonly struct Magnitude : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : unmanaged, ILanes<T> => T.Abs(x);
    }

    private readonly struct Square : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : unmanaged, ILanes<T> => x * x;
    }
}
