namespace MLPipelines;

/// <summary>
/// Parts rising numbers into bins of about the same count each: the sum of squared counts is made small, by splitting the bin
/// that gains most, again and again, and then moving the split whose move gains most until none does. Equal numbers share a bin. Of what gains
/// the same, the choice is ML.NET's, since trees grown over other bins are other trees.
/// </summary>
internal sealed class EqualBins
{
    private readonly int[] _upTo;
    private readonly int[] _places;
    private readonly float _meanCount;

    private EqualBins(ValueCounts counts, int bins)
    {
        _upTo = new int[counts.Values.Length + 1];
        for (int i = 0; i < counts.UpTo.Length; i++) _upTo[i + 1] = (int)counts.UpTo[i];
        _places = new int[bins + 1];
        _meanCount = (float)_upTo[^1] / bins;
    }

    /// <summary>The places where a new bin begins, rising; none for one bin.</summary>
    internal static int[] Split(ValueCounts counts, int maximumBins)
    {
        int values = counts.Values.Length;
        if (values <= maximumBins) return [.. Enumerable.Range(1, Math.Max(0, values - 1))];
        var bins = new EqualBins(counts, maximumBins);
        bins.Place();
        bins.Move();
        return bins._places[1..^1];
    }

    /// <summary>The first places, with 0 and the number of values around them.</summary>
    private void Place()
    {
        int bins = _places.Length - 1;
        var segments = new List<(int First, int Split, int End)>(2 * bins);
        var heap = new GainHeap(2 * bins);
        Add(0, _upTo.Length - 1);
        for (int i = 1; i < bins; i++)
        {
            var (first, split, end) = segments[heap.Pop()];
            _places[i] = split;
            Add(first, split);
            Add(split, end);
        }
        _places[bins] = _upTo.Length - 1;
        Array.Sort(_places);

        void Add(int first, int end)
        {
            if (end - first < 2) return;
            int split = BestSplit(first, end, ideal: null);
            heap.Add(segments.Count, Gain(first, split, end));
            segments.Add((first, split, end));
        }
    }

    /// <summary>Moves places to the best between their neighbours until none moves.</summary>
    private void Move()
    {
        int last = _places.Length - 2;
        int[] targets = new int[last + 1];
        var heap = new GainHeap(last + 1);
        for (int i = 1; i <= last; i++) Look(i);
        while (heap.Count > 0)
        {
            int moved = heap.Pop();
            _places[moved] = targets[moved];
            if (moved > 1) Look(moved - 1);
            if (moved < last) Look(moved + 1);
        }

        void Look(int i)
        {
            if (heap.Has(i)) heap.Remove(i);
            int first = _places[i - 1], end = _places[i + 1];
            targets[i] = BestSplit(first, end, _meanCount * i);
            if (targets[i] != _places[i]) heap.Add(i, Gain(first, targets[i], end) - Gain(first, _places[i], end));
        }
    }

    /// <summary>The split of a segment with the largest gain; of equal ones, the one nearer to the ideal count before it.</summary>
    private int BestSplit(int first, int end, float? ideal)
    {
        int middle = (int)(((long)_upTo[first] + _upTo[end]) / 2), found = _upTo.AsSpan(first, end - first).BinarySearch(middle);
        int split = first + (found >= 0 ? found : ~found);
        if (split == first) return first + 1;
        if (split == end) return end - 1;
        // The gain has one top: where it is not less after, it is not more before.
        if (split < end - 1 && Gain(first, split + 1, end) >= Gain(first, split, end)) return Better(split + 1, split);
        if (split > first + 1 && Gain(first, split - 1, end) >= Gain(first, split, end)) return Better(split - 1, split);
        return split;

        int Better(int other, int split)
        {
            if (Gain(first, other, end) > Gain(first, split, end)) return other;
            return ideal is { } count && Math.Abs(_upTo[other] - count) < Math.Abs(_upTo[split] - count) ? other : split;
        }
    }

    // (a + b)² − a² − b² = 2ab: what the sum of squares loses by the split, halved.
    private long Gain(int first, int split, int end) => (long)(_upTo[split] - _upTo[first]) * (_upTo[end] - _upTo[split]);
}
