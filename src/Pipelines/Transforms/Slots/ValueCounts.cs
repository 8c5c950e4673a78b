namespace MLPipelines.Transforms;

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

    internal static ValueCounts Of(double[] numbers, long zeros = 0)
    {
        long[] counts = new long[numbers.Length];
        Array.Fill(counts, 1);
        return zeros > 0 ? Merge([.. numbers, 0], [.. counts, zeros]) : Merge(numbers, counts);
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
        long[] counts = new long[_values.Length];
        for (int i = 0; i < counts.Length; i++) counts[i] = _upTo[i] - (i == 0 ? 0 : _upTo[i - 1]);
        return Merge(Array.ConvertAll(_values, value => Math.Abs(value - center)), counts);
    }

    /// <summary>The number at a place in the order, counted from 0.</summary>
    private double At(long place)
    {
        int index = Array.BinarySearch(_upTo, place + 1);
        return _values[index >= 0 ? index : ~index];
    }

    /// <summary>Sorts numbers with their counts, in place, and takes equal ones together.</summary>
    private static ValueCounts Merge(double[] values, long[] counts)
    {
        Array.Sort(values, counts);
        int last = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (last >= 0 && values[i] == values[last])
            {
                counts[last] += counts[i];
                continue;
            }
            (values[++last], counts[last]) = (values[i], counts[i]);
        }
        long sum = 0;
        for (int i = 0; i <= last; i++) counts[i] = sum += counts[i];
        return new ValueCounts(values[..(last + 1)], counts[..(last + 1)]);
    }
}
