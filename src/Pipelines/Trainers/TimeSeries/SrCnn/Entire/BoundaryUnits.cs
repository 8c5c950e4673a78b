namespace MLPipelines.TimeSeries;

/// <summary>The unit in which margins around a series are measured: half its moving median at each point, and half the mean of that.</summary>
internal sealed class BoundaryUnits
{
    private const int WidestWindow = 512;

    // A series about zero has no size of its own.
    private const double Zero = 1e-8, UnitOfZero = 0.3;

    private readonly double[] _sorted = new double[WidestWindow + 1];

    /// <summary>Finds the unit at each point.</summary>
    /// <param name="values">The series.</param>
    /// <param name="points">What was found: an anomaly has 1 in the first of each <paramref name="width"/> numbers. They are left out of the mean.</param>
    /// <param name="width">How many numbers there are for a point.</param>
    /// <param name="units">Receives as many numbers as there are values.</param>
    internal void Find(ReadOnlySpan<double> values, ReadOnlySpan<double> points, int width, Span<double> units)
    {
        MovingMedians(values, Math.Min(values.Length / 3, WidestWindow) / 2, units);
        double sum = 0, largest = 0;
        int count = 0;
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = Math.Abs(units[i]);
            if (points[i * width] > 0) continue;
            sum += units[i];
            largest = Math.Max(largest, units[i]);
            count++;
        }
        if (largest < Zero) units.Fill(UnitOfZero);
        else for (int i = 0; i < units.Length; i++) units[i] = sum / count / 2 + units[i] / 2;
    }

    // The medians of each value and as many as there are on either side of it, up to a reach.
    private void MovingMedians(ReadOnlySpan<double> values, int reach, Span<double> medians)
    {
        int count = 0;
        for (int i = -reach; i < values.Length; i++)
        {
            if (i + reach < values.Length)
            {
                int place = Place(values[i + reach], count);
                _sorted.AsSpan(place, count++ - place).CopyTo(_sorted.AsSpan(place + 1));
                _sorted[place] = values[i + reach];
            }
            if (i < 0) continue;
            medians[i] = (_sorted[count / 2] + _sorted[(count - 1) / 2]) / 2;
            if (i < reach) continue;
            int leaving = Place(values[i - reach], count);
            _sorted.AsSpan(leaving + 1, --count - leaving).CopyTo(_sorted.AsSpan(leaving));
        }
    }

    // Of equal values, the first or where it would go.
    private int Place(double value, int count)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
