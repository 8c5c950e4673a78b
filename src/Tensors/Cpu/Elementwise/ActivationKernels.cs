using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Activations and their derivatives over many numbers.</summary>
internal static unsafe class ActivationKernels
{
    private struct Work
    {
        internal float* X, Dy, To;
        internal int Count, PerPart;
    }

    internal static void Run(Activation activation, float* x, float* y, int count)
    {
        if (activation == Activation.None && x == y) return;
        Run(activation, new Work { X = x, To = y, Count = count });
    }

    /// <summary>dx = dy · activation'(x), from x for GELU and SiLU and from y for the others.</summary>
    internal static void Gradient(Activation activation, float* input, float* dy, float* dx, int count) =>
        Run(activation, new Work { X = input, Dy = dy, To = dx, Count = count });

    private static void Run(Activation activation, Work work)
    {
        // The derivatives of tanh and the sigmoid are polynomials of their values.
        int ofValues = work.Dy == null ? Pieces.Dear : Pieces.Cheap;
        switch (activation)
        {
            case Activation.Relu:
                Run<Relu>(work, Pieces.Cheap);
                break;
            case Activation.Gelu:
                Run<Gelu>(work, Pieces.Dear);
                break;
            case Activation.GeluTanh:
                Run<GeluTanh>(work, Pieces.Dear);
                break;
            case Activation.Silu:
                Run<Silu>(work, Pieces.Dear);
                break;
            case Activation.Tanh:
                Run<Tanh>(work, ofValues);
                break;
            case Activation.Sigmoid:
                Run<Sigmoid>(work, ofValues);
                break;
            default:
                Run<Identity>(work, Pieces.Cheap);
                break;
        }
    }

    private static void Run<TFunction>(Work work, int perPart)
        where TFunction : struct, IFunction
    {
        work.PerPart = perPart;
        Crew.Run((work.Count + perPart - 1) / perPart, KernelWidths.Pick(&Part<Lanes1, TFunction>, &Part<Lanes8, TFunction>, &Part<Lanes16, TFunction>), &work);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part<T, TFunction>(void* context, int part)
        where T : unmanaged, ILanes<T>
        where TFunction : struct, IFunction
    {
        Work* work = (Work*)context;
        int i = part * work->PerPart, end = Math.Min(i + work->PerPart, work->Count);
        float* x = work->X, dy = work->Dy, to = work->To;
        if (dy == null)
        {
            for (; i + T.Count <= end; i += T.Count) T.Store(TFunction.Value(T.Load(x + i)), to + i);
            if (i < end) T.Store(TFunction.Value(T.Load(x + i, end - i)), to + i, end - i);
            return;
        }
        for (; i + T.Count <= end; i += T.Count) T.Store(T.Load(dy + i) * TFunction.Derivative(T.Load(x + i)), to + i);
        if (i < end) T.Store(T.Load(dy + i, end - i) * TFunction.Derivative(T.Load(x + i, end - i)), to + i, end - i);
    }
}
