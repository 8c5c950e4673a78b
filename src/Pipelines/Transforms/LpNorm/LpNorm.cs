using System.Numerics.Tensors;

namespace MLPipelines.Transforms;

/// <summary>Scales vectors to a norm of 1.</summary>
internal static class LpNorm
{
    // A vector so long that its items would vanish stays as it is.
    private const float SmallestScale = 1e-8f;

    /// <summary>Scales a vector by one over its norm, in place; a vector of zeros stays as it is.</summary>
    internal static void Normalize(Span<float> values, NormFunction norm)
    {
        if (norm == NormFunction.None) return;
        float scale = ScaleFor(Of(values, norm));
        if (scale != 1) TensorPrimitives.Multiply(values, scale, values);
    }

    internal static float Of(ReadOnlySpan<float> values, NormFunction norm) => values.IsEmpty ? 0 : norm switch
    {
        NormFunction.L1 => TensorPrimitives.SumOfMagnitudes(values),
        NormFunction.L2 => MathF.Sqrt(TensorPrimitives.SumOfSquares(values)),
        NormFunction.Infinity => Math.Abs(TensorPrimitives.MaxMagnitude(values)),
        _ => throw new ArgumentOutOfRangeException(nameof(norm)),
    };

    internal static float ScaleFor(float divisor)
    {
        float scale = divisor > 0 ? 1 / divisor : 1;
        return scale < SmallestScale ? 1 : scale;
    }
}

/// <summary>The norms of <see cref="LpNorm"/>.</summary>
internal enum NormFunction
{
    None,
    L1,
    L2,
    Infinity,
}
