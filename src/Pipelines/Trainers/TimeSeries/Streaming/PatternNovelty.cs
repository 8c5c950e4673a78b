namespace MLPipelines.TimeSeries;

/// <summary>
/// How unlike the last few values are to any run of as many before them: the mean distance to the nearest runs (Burnaev and Ishimtsev
/// 2016, "Conformalized density- and distance-based anomaly detection in time-series data").
/// </summary>
internal sealed class PatternNovelty
{
    /// <summary>The values in a run: short enough to be learned from a few hundred values, long enough to hold the shape of a change.</summary>
    private const int Length = 8;

    /// <summary>More than one, so that one odd run before does not hide the next.</summary>
    private const int Neighbors = 5;

    /// <summary>Runs that are compared with. Time grows with them.</summary>
    private const int Runs = 500;

    internal const int Capacity = Runs + (2 * Length) - 1;

    // Twice as many as are remembered: values move only when the end is reached.
    private readonly double[] _values = new double[2 * Capacity];
    private int _end;

    /// <summary>Takes in a value; 0 while there are too few runs.</summary>
    internal double Observe(double value)
    {
        if (_end == _values.Length)
        {
            _values.AsSpan(Capacity + 1).CopyTo(_values);
            _end = Capacity - 1;
        }
        _values[_end++] = value;
        ReadOnlySpan<double> values = Remembered;
        int runs = values.Length - (2 * Length) + 1;
        if (runs < Neighbors) return 0;
        ReadOnlySpan<double> last = values[^Length..];
        Span<double> nearest = stackalloc double[Neighbors];
        nearest.Fill(double.PositiveInfinity);
        for (int run = 0; run < runs; run++)
        {
            double distance = SquaredDistance(values.Slice(run, Length), last, nearest[^1]);
            if (distance >= nearest[^1]) continue;
            int place = Neighbors - 1;
            for (; place > 0 && nearest[place - 1] > distance; place--) nearest[place] = nearest[place - 1];
            nearest[place] = distance;
        }
        double sum = 0;
        foreach (double distance in nearest) sum += Math.Sqrt(distance);
        return sum / Neighbors;
    }

    /// <summary>The values that count, oldest first.</summary>
    internal ReadOnlySpan<double> Remembered => _values.AsSpan(Math.Max(0, _end - Capacity), Math.Min(_end, Capacity));

    internal static PatternNovelty Of(ReadOnlySpan<double> values)
    {
        var novelty = new PatternNovelty { _end = values.Length };
        values.CopyTo(novelty._values);
        return novelty;
    }

    /// <summary>Exact below a bound; at least the bound otherwise.</summary>
    private static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double bound)
    {
        double sum = 0;
        for (int i = Length - 1; i >= 0 && sum < bound; i--) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
