using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>What follows a product or a convolution while its results are still in the cache: a bias along the columns, then an activation.</summary>
internal static unsafe class Epilogue
{
    /// <param name="items">The results, in place.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="stride">Between rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="bias">One per column, or null.</param>
    /// <param name="activation">What is applied to the sums.</param>
    internal static void Apply<T>(float* items, int rows, nint stride, int columns, float* bias, Activation activation)
        where T : unmanaged, ILanes<T>
    {
        switch (activation)
        {
            case Activation.None:
                if (bias != null) Loop<T, Identity>(items, rows, stride, columns, bias);
                break;
            case Activation.Relu:
                Loop<T, Relu>(items, rows, stride, columns, bias);
                break;
            case Activation.Gelu:
                Loop<T, Gelu>(items, rows, stride, columns, bias);
                break;
            case Activation.GeluTanh:
                Loop<T, GeluTanh>(items, rows, stride, columns, bias);
                break;
            case Activation.Silu:
                Loop<T, Silu>(items, rows, stride, columns, bias);
                break;
            case Activation.Tanh:
                Loop<T, Tanh>(items, rows, stride, columns, bias);
                break;
            case Activation.Sigmoid:
                Loop<T, Sigmoid>(items, rows, stride, columns, bias);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, null);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T, TFunction>(float* items, int rows, nint stride, int columns, float* bias)
        where T : unmanaged, ILanes<T>
        where TFunction : struct, IFunction
    {
        for (int i = 0; i < rows; i++, items += stride)
        {
            int j = 0;
            for (; j + T.Count <= columns; j += T.Count)
            {
                T x = T.Load(items + j);
                if (bias != null) x += T.Load(bias + j);
                T.Store(TFunction.Value(x), items + j);
            }
            if (j == columns) continue;
            T rest = T.Load(items + j, columns - j);
            if (bias != null) rest += T.Load(bias + j, columns - j);
            T.Store(TFunction.Value(rest), items + j, columns - j);
        }
    }
}
