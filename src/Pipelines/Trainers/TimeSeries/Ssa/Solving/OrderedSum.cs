using System.Numerics;
using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>Sums of products whose digits do not depend on the processor where they are few.</summary>
internal static class OrderedSum
{
    // Below this a plain loop is as fast, and gives what a plain loop gives elsewhere, to the last digit.
    private const int Few = 16;

    internal static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Length > Few) return TensorPrimitives.Dot(x, y);
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>target += factor · x.</summary>
    internal static void Add<T>(ReadOnlySpan<T> x, T factor, Span<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Length > Few)
        {
            TensorPrimitives.MultiplyAdd(x, factor, target, target);
            return;
        }
        for (int i = 0; i < x.Length; i++) target[i] += x[i] * factor;
    }
}
