namespace MLPipelines.Trainers;

/// <summary>
/// Minimizes a smooth convex function by L-BFGS, and a smooth one plus an L1 penalty, or with some numbers kept from being
/// negative, by its orthant-wise form.
/// </summary>
/// <remarks>
/// Nocedal and Wright, "Numerical Optimization", chapter 7; Andrew and Gao, "Scalable Training of L1-Regularized Log-Linear
/// Models" (ICML 2007), without its alignment of the direction with the slope: projected onto the orthant, short steps along a
/// direction of descent descend anyway, and aligned ones took four times as many iterations. Steps satisfy the weak Wolfe conditions, or only sufficient decrease in the orthant-wise form.
/// Memory: 2 × history size + 5 vectors as long as the point.
/// </remarks>
internal sealed class LbfgsMinimizer
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MaximumTrials = 40;
    private const double FlatRange = 1e-8;
    private const double FlatDecrease = 0.8;
    private const int Window = 5;

    private readonly ISmoothFunction _function;
    private readonly LbfgsSettings _settings;
    private readonly ChunkedVectors _vectors;
    private readonly OrthantRule? _orthant;
    private float[]? _slopeThere;

    private LbfgsMinimizer(ISmoothFunction function, LbfgsSettings settings)
    {
        (_function, _settings, _vectors) = (function, settings, new ChunkedVectors(settings.Threads));
        if (settings.L1 > 0 || settings.NonNegative) _orthant = new OrthantRule(settings, _vectors);
    }

    /// <summary>Moves a point to the minimum.</summary>
    /// <param name="function">What is minimized, without the L1 penalty.</param>
    /// <param name="point">The start, and then the end.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="onIteration">Told of each iteration and of the value after it, the penalty included.</param>
    /// <returns>The value at the end.</returns>
    internal static double Minimize(ISmoothFunction function, float[] point, LbfgsSettings settings, Action<int, double> onIteration) =>
        new LbfgsMinimizer(function, settings).Run(point, onIteration);

    private double Run(float[] point, Action<int, double> onIteration)
    {
        float[] gradient = new float[point.Length], newPoint = new float[point.Length], newGradient = new float[point.Length];
        float[] direction = new float[point.Length], slope = _orthant is null ? gradient : new float[point.Length];
        var history = new LbfgsHistory(_settings.HistorySize, _function.Curvatures(), _vectors);
        _orthant?.MakeFeasible(point);
        double value = Evaluate(point, gradient);
        if (!double.IsFinite(value)) throw LinearWeights.NotFinite();
        var values = new Queue<double>();

        for (int iteration = 1; iteration <= _settings.MaximumIterations; iteration++)
        {
            _orthant?.Slope(point, gradient, slope);
            double norm = Math.Sqrt(_vectors.NormSquared(slope));
            if (norm == 0) break;
            if (!double.IsFinite(norm)) throw LinearWeights.NotFinite();
            slope.CopyTo(direction, 0);
            history.ToDirection(direction);
            double descent = _vectors.Dot(direction, slope);
            bool steepest = history.IsEmpty;
            if (descent < 0 && Search(point, value, slope, direction, descent, newPoint, newGradient) is { } newValue)
            {
                history.Add(point, newPoint, gradient, newGradient);
                newPoint.CopyTo(point, 0);
                newGradient.CopyTo(gradient, 0);
                value = newValue;
                onIteration(iteration, value);
                values.Enqueue(value);
                if (values.Count <= Window) continue;
                if ((values.Dequeue() - value) / Window <= _settings.Tolerance * Math.Abs(value)) break;
            }
            // No step along the direction improves: forget what made it, or, if it was the steepest, the limit of the precision is reached.
            else if (steepest)
            {
                break;
            }
            else
            {
                history.Clear();
            }
        }
        return value;
    }

    /// <summary>Looks for a step that is long enough and improves enough; the value there, or nothing if there is none.</summary>
    private double? Search(
        float[] point, double value, float[] slope, float[] direction, double descent, float[] newPoint, float[] newGradient)
    {
        double step = 1, low = 0, high = double.PositiveInfinity;
        for (int trial = 0; trial < MaximumTrials; trial++)
        {
            point.CopyTo(newPoint, 0);
            _vectors.Add(direction, step, newPoint);
            _orthant?.Project(point, slope, newPoint);
            double newValue = Evaluate(newPoint, newGradient);
            if (IsFlat(value, newValue))
            {
                // The values no longer tell, but the slopes do: the approximate Wolfe conditions of Hager and Zhang (2005).
                double along = SlopeAlong(direction, newPoint, newGradient);
                if (along >= Curvature * descent && along <= -FlatDecrease * descent) return newValue;
                if (along < 0) low = step;
                else high = step;
                step = double.IsInfinity(high) ? 2 * low : (low + high) / 2;
                continue;
            }
            double promised = _orthant is null ? step * descent : _orthant.Descent(point, newPoint, slope);
            if (!(newValue <= value + SufficientDecrease * promised))
            {
                high = step;
            }
            else if (_orthant is null && _vectors.Dot(newGradient, direction) < Curvature * descent)
            {
                low = step;
            }
            else
            {
                return newValue < value ? newValue : null;
            }
            step = double.IsInfinity(high) ? 2 * low : (low + high) / 2;
        }
        return null;
    }

    private static bool IsFlat(double value, double newValue) => Math.Abs(newValue - value) <= FlatRange * Math.Abs(value);

    private double SlopeAlong(float[] direction, float[] point, float[] gradient)
    {
        if (_orthant is null) return _vectors.Dot(gradient, direction);
        _slopeThere ??= new float[point.Length];
        _orthant.Slope(point, gradient, _slopeThere);
        return _vectors.Dot(_slopeThere, direction);
    }

    private double Evaluate(float[] point, float[] gradient) => _function.Evaluate(point, gradient) + (_orthant?.Penalty(point) ?? 0);
}
