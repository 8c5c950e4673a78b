namespace MLPipelines.Transforms;

/// <summary>
/// Count, minimum, maximum, mean and variance of the finite numbers in each slot of a column, in one pass (Welford 1962;
/// Chan, Golub and LeVeque 1983 for the zeros of sparse rows, which are taken in all at once). NaN and infinity are left out.
/// </summary>
internal sealed class SlotStatistics : ISlotLearner
{
    private readonly double[] _mean;
    private readonly double[] _squares;
    private readonly double[] _minimum;
    private readonly double[] _maximum;
    private readonly long[] _count;

    /// <param name="slots">How many slots there are; 1 for a scalar.</param>
    internal SlotStatistics(int slots)
    {
        (_mean, _squares, _minimum, _maximum, _count) = (new double[slots], new double[slots], new double[slots], new double[slots], new long[slots]);
        Array.Fill(_minimum, double.PositiveInfinity);
        Array.Fill(_maximum, double.NegativeInfinity);
    }

    public int SlotCount => _count.Length;

    /// <summary>How many finite numbers there were in a slot.</summary>
    internal long Count(int slot) => _count[slot];

    /// <summary>The smallest; 0 when there were none.</summary>
    internal double Minimum(int slot) => _count[slot] == 0 ? 0 : _minimum[slot];

    /// <summary>The largest; 0 when there were none.</summary>
    internal double Maximum(int slot) => _count[slot] == 0 ? 0 : _maximum[slot];

    /// <summary>The mean; 0 when there were none.</summary>
    internal double Mean(int slot) => _mean[slot];

    /// <summary>The variance, divided by the count; 0 when there were none.</summary>
    internal double Variance(int slot) => _count[slot] == 0 ? 0 : _squares[slot] / _count[slot];

    public void Add(int slot, double value)
    {
        if (!double.IsFinite(value)) return;
        long count = ++_count[slot];
        double delta = value - _mean[slot];
        _mean[slot] += delta / count;
        _squares[slot] += delta * (value - _mean[slot]);
        if (value < _minimum[slot]) _minimum[slot] = value;
        if (value > _maximum[slot]) _maximum[slot] = value;
    }

    public void AddZeros(int slot, long zeros)
    {
        if (zeros <= 0) return;
        long before = _count[slot], count = before + zeros;
        double mean = _mean[slot];
        _squares[slot] += mean * mean * ((double)before * zeros / count);
        _mean[slot] = mean * before / count;
        _count[slot] = count;
        _minimum[slot] = Math.Min(_minimum[slot], 0);
        _maximum[slot] = Math.Max(_maximum[slot], 0);
    }
}
