using System.Numerics.Tensors;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace MLPipelines.Transforms;

/// <summary>Norms of vectors, and scaling by them.</summary>
internal static class LpNorm
{
    // Values that a longer vector would be scaled to vanish; it stays as it is.
    private const float SmallestScale = 1e-8f;

    /// <summary>Scales a vector by one over its norm, in place; a vector of zeros stays as it is.</summary>
    /// <param name="values">The stored items; the others are zero.</param>
    /// <param name="length">The number of items, stored or not.</param>
    /// <param name="norm">The norm to bring to the target.</param>
    /// <param name="target">What the norm becomes.</param>
    internal static void Normalize(Span<float> values, int length, NormFunction norm, float target = 1)
    {
        float scale = ScaleFor(Of(values, length, norm), target);
        if (scale != 1) TensorPrimitives.Multiply(values, scale, values);
    }

    /// <summary>Subtracts the mean of a dense vector, then scales it, in place.</summary>
    internal static void NormalizeAroundMean(Span<float> values, NormFunction norm, float target = 1)
    {
        if (values.IsEmpty) return;
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);
        Normalize(values, values.Length, norm, target);
    }

    private static float Of(ReadOnlySpan<float> values, int length, NormFunction norm) => values.IsEmpty ? 0 : norm switch
    {
        NormFunction.L2 => MathF.Sqrt(TensorPrimitives.SumOfSquares(values)),
        NormFunction.L1 => TensorPrimitives.SumOfMagnitudes(values),
        NormFunction.Infinity => MathF.Abs(TensorPrimitives.MaxMagnitude(values)),
        NormFunction.StandardDeviation => StandardDeviation(values, length),
        _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "Expected L1, L2, Infinity or StandardDeviation."),
    };

    private static float StandardDeviation(ReadOnlySpan<float> values, int length)
    {
        float mean = TensorPrimitives.Sum(values) / length;
        float squares = (length - values.Length) * mean * mean;
        foreach (float value in values) squares += (value - mean) * (value - mean);
        return MathF.Sqrt(squares / length);
    }

    private static float ScaleFor(float norm, float target)
    {
        float scale = norm > 0 ? target / norm : target;
        return scale < SmallestScale ? 1 : scale;
    }
}
