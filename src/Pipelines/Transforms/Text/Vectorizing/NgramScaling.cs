using System.Numerics.Tensors;

namespace MLPipelines.Transforms.Text;

/// <summary>What counts of n-grams go through, in fitting as in applying.</summary>
internal static class NgramScaling
{
    private static readonly float[] Dampened = [0, .. Enumerable.Range(1, 255).Select(n => 1 + MathF.Log(n))];

    /// <summary>1 + ln n.</summary>
    internal static float Dampen(int count) => count < Dampened.Length ? Dampened[count] : 1 + MathF.Log(count);

    /// <summary>Scales the part of each view to length 1, and then the whole.</summary>
    /// <param name="features">The features of a row, rising.</param>
    /// <param name="values">Their values.</param>
    /// <param name="viewEnds">The number of features of the views up to and with each.</param>
    internal static void ToUnitLength(ReadOnlySpan<int> features, Span<float> values, ReadOnlySpan<int> viewEnds)
    {
        int parts = 0, start = 0;
        foreach (int viewEnd in viewEnds)
        {
            int end = viewEnd == viewEnds[^1] ? features.Length : start;
            while (end < features.Length && features[end] < viewEnd) end++;
            Span<float> own = values[start..end];
            start = end;
            float length = TensorPrimitives.Norm<float>(own);
            if (!(length > 0)) continue;
            TensorPrimitives.Multiply(own, 1 / length, own);
            parts++;
        }
        if (parts > 1) TensorPrimitives.Multiply(values, 1 / MathF.Sqrt(parts), values);
    }
}
