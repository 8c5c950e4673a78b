namespace MLPipelines.TimeSeries;

/// <summary>
/// Says how surprising a deviation is beside those before it: −ln of the share of them that are as large. Beyond the largest tenth
/// of them, where there are few to count, that share is taken to fall as a power of the deviation (Hill 1975, "A Simple General Approach
/// to Inference About the Tail of a Distribution"), so that a deviation larger than all before it has a share, too. Multiplying all
/// deviations by a number changes nothing.
/// </summary>
internal sealed class SurpriseHistory
{
    /// <summary>How many deviations are remembered: enough for the shares of a few in a thousand that alert.</summary>
    internal const int Capacity = 5000;

    /// <summary>Fewer do not make a share.</summary>
    private const int Least = 50;

    private const double TailShare = 0.1;

    /// <summary>A bound for tails of equal deviations: the mean of ln(deviation / start of the tail) is 0.2 for normal noise.</summary>
    private const double LeastTailIndex = 0.05;

    private readonly double[] _sorted = new double[Capacity];
    private readonly double[] _ring = new double[Capacity];
    private int _count, _oldest;

    /// <summary>The surprise in nats, 0 while little is known. What is asked about is not yet part of the history.</summary>
    /// <param name="deviation">Finite, 0 or more.</param>
    internal double Of(double deviation)
    {
        if (_count < Least) return 0;
        int tail = (int)(TailShare * _count);
        double start = _sorted[_count - tail];
        // A tail that starts at 0 has no scale to measure by; shares are only counted.
        if (deviation <= start || start == 0) return -Math.Log((_count - PlaceOf(deviation) + 0.5) / (_count + 1));
        double sum = 0;
        for (int i = _count - tail; i < _count; i++) sum += Math.Log(_sorted[i] / start);
        return Math.Log(deviation / start) / Math.Max(sum / tail, LeastTailIndex) - Math.Log((double)tail / _count);
    }

    /// <summary>Remembers a deviation, in place of the oldest one when there is no room.</summary>
    internal void Add(double deviation)
    {
        if (_count == Capacity)
        {
            int gone = PlaceOf(_ring[_oldest]);
            _sorted.AsSpan(gone + 1, Capacity - gone - 1).CopyTo(_sorted.AsSpan(gone));
            _count--;
        }
        int place = PlaceOf(deviation);
        _sorted.AsSpan(place, _count - place).CopyTo(_sorted.AsSpan(place + 1));
        _sorted[place] = deviation;
        _ring[_oldest] = deviation;
        _oldest = (_oldest + 1) % Capacity;
        _count++;
    }

    /// <summary>The deviations, oldest first.</summary>
    internal double[] ToArray() => _count < Capacity ? _ring[.._count] : [.. _ring[_oldest..], .. _ring[.._oldest]];

    /// <summary>A history of deviations, oldest first.</summary>
    internal static SurpriseHistory Of(ReadOnlySpan<double> deviations)
    {
        var history = new SurpriseHistory { _count = deviations.Length, _oldest = deviations.Length % Capacity };
        deviations.CopyTo(history._ring);
        deviations.CopyTo(history._sorted);
        Array.Sort(history._sorted, 0, deviations.Length);
        return history;
    }

    /// <summary>How many are smaller.</summary>
    private int PlaceOf(double deviation)
    {
        int least = 0, most = _count;
        while (least < most)
        {
            int middle = (least + most) / 2;
            if (_sorted[middle] < deviation) least = middle + 1;
            else most = middle;
        }
        return least;
    }
}
