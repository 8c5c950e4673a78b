using System.Runtime.InteropServices;

namespace MLPipelines.Transforms;

/// <summary>
/// Groups of numbers: one for each different number, or, where there are more than asked for, groups of neighbours that are about
/// equally large.
/// </summary>
/// <param name="most">How many groups there are at most, besides the one for NaN.</param>
internal sealed class ValueBins(int most)
{
    private readonly List<double> _values = [];
    private readonly List<double> _uppers = [];
    private readonly List<long> _counts = [];

    /// <summary>The largest number of each group, rising; valid until the next call.</summary>
    /// <param name="stored">Numbers.</param>
    /// <param name="zeros">How many zeros there are besides.</param>
    internal ReadOnlySpan<double> Find(ReadOnlySpan<double> stored, int zeros)
    {
        _values.Clear();
        foreach (double value in stored)
            if (!double.IsNaN(value)) _values.Add(value);
        _values.Sort();
        CountDifferent(zeros);
        if (_uppers.Count > most) Join();
        return CollectionsMarshal.AsSpan(_uppers);
    }

    private void CountDifferent(int zeros)
    {
        _uppers.Clear();
        _counts.Clear();
        bool hasZeros = zeros == 0;
        foreach (double value in _values)
        {
            if (!hasZeros && value >= 0) Add(0, zeros);
            hasZeros |= value >= 0;
            Add(value, 1);
        }
        if (!hasZeros) Add(0, zeros);
    }

    private void Add(double value, long count)
    {
        if (_uppers.Count > 0 && _uppers[^1] == value)
        {
            _counts[^1] += count;
            return;
        }
        _uppers.Add(value);
        _counts.Add(count);
    }

    /// <summary>Joins neighbours until there are as many groups as wanted: each group is closed when it has its share of what is left.</summary>
    private void Join()
    {
        long left = _counts.Sum(), inGroup = 0;
        int groups = 0;
        for (int i = 0; i < _uppers.Count; i++)
        {
            inGroup += _counts[i];
            bool mustClose = _uppers.Count - i - 1 == most - groups - 1;
            if (groups == most - 1 ? i < _uppers.Count - 1 : !mustClose && inGroup * (most - groups) < left) continue;
            _uppers[groups++] = _uppers[i];
            left -= inGroup;
            inGroup = 0;
        }
        _uppers.RemoveRange(groups, _uppers.Count - groups);
    }
}
