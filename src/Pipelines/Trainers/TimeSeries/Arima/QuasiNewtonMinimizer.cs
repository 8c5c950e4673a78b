using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Minimizes a smooth function of a few numbers, whose slopes are taken by differences: BFGS with steps that are halved until they
/// improve enough (Nocedal and Wright, "Numerical Optimization", chapter 6).
/// </summary>
internal static class QuasiNewtonMinimizer
{
    private const double Step = 1e-5;
    private const double SufficientDecrease = 1e-4;
    private const double LongestMove = 1;

    internal delegate double Function(ReadOnlySpan<double> point);

    /// <summary>Moves a point to a minimum and says the value there.</summary>
    /// <param name="function">Infinite or NaN where it is not defined; defined at the start.</param>
    /// <param name="point">The start, and then the end.</param>
    /// <param name="tolerance">An improvement relative to the value that is not worth another iteration.</param>
    /// <param name="iterations">The most iterations.</param>
    internal static double Minimize(Function function, Span<double> point, double tolerance, int iterations)
    {
        int n = point.Length;
        double value = function(point);
        if (n == 0 || !double.IsFinite(value)) return value;
        double[] slope = new double[n], newSlope = new double[n], direction = new double[n], next = new double[n], change = new double[n], moved = new double[n];
        double[] inverse = new double[n * n];
        Reset(inverse, n);
        bool isFresh = true;
        Slope(function, point, slope);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            for (int i = 0; i < n; i++) direction[i] = -TensorPrimitives.Dot<double>(inverse.AsSpan(i * n, n), slope);
            double descent = TensorPrimitives.Dot<double>(direction, slope);
            double length = TensorPrimitives.MaxMagnitude<double>(direction);
            double step = Math.Min(1, LongestMove / Math.Abs(length)), newValue = double.NaN;
            bool isBetter = false;
            for (int trial = 0; descent < 0 && trial < 25; trial++, step /= 4)
            {
                TensorPrimitives.MultiplyAdd<double>(direction, step, point, next);
                newValue = function(next);
                if (isBetter = newValue <= value + SufficientDecrease * step * descent && newValue < value) break;
            }
            if (!isBetter)
            {
                if (isFresh) break;
                Reset(inverse, n);
                isFresh = true;
                continue;
            }
            Slope(function, next, newSlope);
            for (int i = 0; i < n; i++) (moved[i], change[i]) = (next[i] - point[i], newSlope[i] - slope[i]);
            double gained = value - newValue;
            next.CopyTo(point);
            newSlope.CopyTo(slope, 0);
            value = newValue;
            if (gained <= tolerance * (Math.Abs(value) + tolerance) && !isFresh) break;
            double curvature = TensorPrimitives.Dot<double>(moved, change);
            if (curvature > 0) Update(inverse, moved, change, curvature, direction);
            else Reset(inverse, n);
            isFresh = curvature <= 0;
        }
        return value;
    }

    private static void Slope(Function function, Span<double> point, double[] slope)
    {
        for (int i = 0; i < slope.Length; i++)
        {
            double at = point[i];
            point[i] = at + Step;
            double above = function(point);
            point[i] = at - Step;
            double below = function(point);
            point[i] = at;
            slope[i] = double.IsFinite(above - below) ? (above - below) / (2 * Step) : 0;
        }
    }

    private static void Reset(double[] inverse, int n)
    {
        inverse.AsSpan().Clear();
        for (int i = 0; i < n; i++) inverse[i * n + i] = 1;
    }

    private static void Update(double[] inverse, double[] moved, double[] change, double curvature, double[] product)
    {
        int n = moved.Length;
        for (int i = 0; i < n; i++) product[i] = TensorPrimitives.Dot<double>(inverse.AsSpan(i * n, n), change);
        double scale = (1 + TensorPrimitives.Dot<double>(product, change) / curvature) / curvature;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                inverse[i * n + j] += scale * moved[i] * moved[j] - (product[i] * moved[j] + moved[i] * product[j]) / curvature;
    }
}
