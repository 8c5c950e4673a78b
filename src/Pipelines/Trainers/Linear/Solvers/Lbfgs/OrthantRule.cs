using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// What keeps a step within one orthant, where an L1 penalty is smooth: the one-sided slope of the penalized function, and the
/// projection of points that left the orthant. With non-negative numbers, the positive orthant is the only one.
/// </summary>
internal sealed class OrthantRule(LbfgsSettings settings, ChunkedVectors vectors)
{
    private readonly float _l1 = (float)settings.L1;
    private readonly int _count = settings.PenalizedCount;
    private readonly bool _nonNegative = settings.NonNegative;

    internal double Penalty(float[] point) =>
        _l1 == 0 ? 0 : settings.L1 * vectors.Sum(_count, (start, count) => TensorPrimitives.SumOfMagnitudes<float>(point.AsSpan(start, count)));

    internal void MakeFeasible(float[] point)
    {
        if (_nonNegative) TensorPrimitives.Max(point.AsSpan(0, _count), 0f, point.AsSpan(0, _count));
    }

    /// <summary>The slope of the penalized function: where it points down on neither side of 0, it is 0.</summary>
    internal void Slope(float[] point, float[] gradient, float[] slope) => vectors.Each(point.Length, (start, count) =>
    {
        for (int i = start; i < start + count; i++)
        {
            float x = point[i], g = gradient[i];
            if (i >= _count) slope[i] = g;
            else if (x > 0) slope[i] = g + _l1;
            else if (x < 0) slope[i] = g - _l1;
            else if (g + _l1 < 0) slope[i] = g + _l1;
            else slope[i] = !_nonNegative && g - _l1 > 0 ? g - _l1 : 0;
        }
    });

    /// <summary>Sets to 0 what changed its sign.</summary>
    internal void Project(float[] point, float[] slope, float[] newPoint) => vectors.Each(_count, (start, count) =>
    {
        for (int i = start; i < start + count; i++)
        {
            float side = point[i] != 0 ? point[i] : -slope[i];
            if (newPoint[i] * side <= 0) newPoint[i] = 0;
        }
    });

    /// <summary>How much the slope promises that a step lowers the value.</summary>
    internal double Descent(float[] point, float[] newPoint, float[] slope) => vectors.Sum(point.Length, (start, count) =>
    {
        double sum = 0;
        for (int i = start; i < start + count; i++) sum += (double)slope[i] * (newPoint[i] - point[i]);
        return sum;
    });
}
