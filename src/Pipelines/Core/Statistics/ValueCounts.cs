namespace MLPipelines;

/// <summary>Different numbers, rising, with how many there are up to and with each.</summary>
internal sealed class ValueCounts
{
    private readonly double[] _values;
    private readonly long[] _upTo;

    private ValueCounts(double[] values, long[] upTo) => (_values, _upTo) = (values, upTo);

    internal ReadOnlySpan<double> Values => _values;

    /// <summary>How many numbers are equal to each of the values or smaller.</summary>
    internal ReadOnlySpan<long> UpTo => _upTo;

    /// <summary>How many numbers there are.</summary>
    internal long Count => _upTo.Length == 0 ? 0 : _upTo[^1];

    /// <summary>Whether there are two different numbers at least.</summary>
    internal bool Varies => _values.Length > 1;

    /// <param name="numbers">The numbers; they are sorted in place.</param>
    /// <param name="zeros">How many zeros there are besides.</param>
    internal static ValueCounts Of(double[] numbers, long zeros = 0)
    {
        Array.Sort(numbers);
        var builder = new Builder(numbers.Length + 1);
        foreach (double number in numbers)
        {
            if (zeros > 0 && number >= 0)
            {
                builder.Add(0, zeros);
                zeros = 0;
            }
            builder.Add(number, 1);
        }
        if (zeros > 0) builder.Add(0, zeros);
        return builder.ToCounts();
    }

    /// <summary>The median; 0 when there is no number.</summary>
    internal double Median => Quantile(0.5);

    /// <summary>
    /// The number that a share of all is less than, between two numbers where the share falls between them (NumPy's
    /// <c>quantile</c>, method 7 of Hyndman and Fan 1996); 0 when there is none.
    /// </summary>
    /// <param name="share">0 … 1.</param>
    internal double Quantile(double share)
    {
        if (Count == 0) return 0;
        double place = share * (Count - 1);
        long below = (long)place;
        double low = At(below), high = At(Math.Min(below + 1, Count - 1)), fraction = place - below;
        // From the nearer side, so that the ends are met without rounding.
        return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction);
    }

    /// <summary>The magnitudes of the differences from a number.</summary>
    internal ValueCounts DistancesFrom(double center)
    {
        int right = Array.BinarySearch(_values, center);
        if (right < 0) right = ~right;
        int left = right - 1;
        var builder = new Builder(_values.Length);
        // Outwards from the number on both sides, the nearer one first.
        while (left >= 0 || right < _values.Length)
        {
            double below = left >= 0 ? center - _values[left] : double.PositiveInfinity, above = right < _values.Length ? _values[right] - center : double.PositiveInfinity;
            if (below < above) builder.Add(below, CountAt(left--));
            else builder.Add(above, CountAt(right++));
        }
        return builder.ToCounts();
    }

    private long CountAt(int index) => _upTo[index] - (index == 0 ? 0 : _upTo[index - 1]);

    /// <summary>The number at a place in the order, counted from 0.</summary>
    private double At(long place)
    {
        int index = Array.BinarySearch(_upTo, place + 1);
        return _values[index >= 0 ? index : ~index];
    }

    /// <summary>Takes in rising numbers.</summary>
    private sealed class Builder(int capacity)
    {
        private readonly double[] _values = new double[capacity];
        private readonly long[] _upTo = new long[capacity];
        private int _count;
        private long _sum;

        internal void Add(double value, long count)
        {
            if (_count == 0 || _values[_count - 1] != value) _values[_count++] = value;
            _upTo[_count - 1] = _sum += count;
        }

        internal ValueCounts ToCounts() => new(_values[.._count], _upTo[.._count]);
    }
}
