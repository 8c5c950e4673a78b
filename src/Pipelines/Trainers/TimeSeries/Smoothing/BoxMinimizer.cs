namespace MLPipelines.TimeSeries;

/// <summary>What <see cref="BoxMinimizer"/> minimizes.</summary>
internal interface IBoundedFunction
{
    /// <summary>The value, infinite where there is none, and, where it is finite, its derivatives.</summary>
    double Evaluate(ReadOnlySpan<double> point, Span<double> derivatives);
}

/// <summary>
/// Minimizes a smooth function of some dozens of variables between bounds: BFGS (Nocedal &amp; Wright 2006, §6.1) on the variables that are not held at
/// a bound, with steps that are cut at the bounds (Bertsekas 1982).
/// </summary>
internal sealed class BoxMinimizer(int count)
{
    private const double SufficientDecrease = 1e-4;
    private const int MaximumHalvings = 25;

    private readonly double[] _slope = new double[count];
    private readonly double[] _nextSlope = new double[count];
    private readonly double[] _next = new double[count];
    private readonly double[] _direction = new double[count];
    private readonly double[] _move = new double[count];
    private readonly double[] _change = new double[count];
    private readonly double[] _image = new double[count];
    private readonly double[] _inverse = new double[count * count];
    private readonly bool[] _held = new bool[count];

    /// <summary>
    /// Moves <paramref name="point"/>, where the function is finite, to a minimum nearby and returns the value there. It ends when a step, even one
    /// along the slope, improves by less than <paramref name="tolerance"/>.
    /// </summary>
    internal double Minimize(IBoundedFunction function, Span<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, int maximumSteps, double tolerance)
    {
        double value = function.Evaluate(point, _slope);
        bool fresh = true;
        for (int step = 0; step < maximumSteps && double.IsFinite(value); step++)
        {
            Hold(point, lower, upper);
            if (fresh) Restart(0.1);
            double descent = Direct();
            if (!(descent < 0))
            {
                if (fresh) break;
                Restart(0.1);
                fresh = true;
                if (!((descent = Direct()) < 0)) break;
            }
            double next = Search(function, point, lower, upper, value, descent);
            if (!(next < value))
            {
                // A stale curvature may have led astray: once more along the slope.
                if (fresh) break;
                fresh = true;
                continue;
            }
            double improvement = value - next;
            Learn(point, fresh);
            _next.CopyTo(point);
            _nextSlope.CopyTo(_slope, 0);
            value = next;
            if (improvement < tolerance)
            {
                if (fresh) break;
                fresh = true;
            }
            else
            {
                fresh = false;
            }
        }
        return value;
    }

    private void Hold(ReadOnlySpan<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        for (int i = 0; i < count; i++) _held[i] = (point[i] <= lower[i] && _slope[i] > 0) || (point[i] >= upper[i] && _slope[i] < 0);
    }

    /// <summary>Forgets the curvature; the next step is as long as <paramref name="length"/> in its longest coordinate.</summary>
    private void Restart(double length)
    {
        double largest = 0;
        for (int i = 0; i < count; i++)
            if (!_held[i]) largest = Math.Max(largest, Math.Abs(_slope[i]));
        Array.Clear(_inverse);
        for (int i = 0; i < count; i++) _inverse[(i * count) + i] = largest > 0 ? length / largest : 1;
    }

    private double Direct()
    {
        double descent = 0;
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            if (!_held[i])
            {
                for (int j = 0; j < count; j++)
                    if (!_held[j]) sum -= _inverse[(i * count) + j] * _slope[j];
                descent += sum * _slope[i];
            }
            _direction[i] = sum;
        }
        return descent;
    }

    private double Search(IBoundedFunction function, ReadOnlySpan<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double value, double descent)
    {
        double length = 1;
        for (int halving = 0; halving < MaximumHalvings; halving++, length /= halving < 3 ? 2 : 4)
        {
            double expected = 0;
            for (int i = 0; i < count; i++)
            {
                _next[i] = Math.Clamp(point[i] + (length * _direction[i]), lower[i], upper[i]);
                expected += _slope[i] * (_next[i] - point[i]);
            }
            double next = function.Evaluate(_next, _nextSlope);
            if (next <= value + (SufficientDecrease * Math.Min(expected, 0)) && next < value) return next;
        }
        return value;
    }

    /// <summary>Takes in the curvature that the step showed.</summary>
    private void Learn(ReadOnlySpan<double> point, bool fresh)
    {
        double product = 0, squares = 0;
        for (int i = 0; i < count; i++)
        {
            _move[i] = _held[i] ? 0 : _next[i] - point[i];
            _change[i] = _held[i] ? 0 : _nextSlope[i] - _slope[i];
            product += _move[i] * _change[i];
            squares += _change[i] * _change[i];
        }
        if (!(product > 1e-12 * squares) || product <= 0) return;
        if (fresh)
        {
            Array.Clear(_inverse);
            for (int i = 0; i < count; i++) _inverse[(i * count) + i] = product / squares;
        }
        double curvature = 0;
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (int j = 0; j < count; j++) sum += _inverse[(i * count) + j] * _change[j];
            _image[i] = sum;
            curvature += sum * _change[i];
        }
        double scale = (1 + (curvature / product)) / product;
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                _inverse[(i * count) + j] += (scale * _move[i] * _move[j]) - (((_image[i] * _move[j]) + (_move[i] * _image[j])) / product);
    }
}
