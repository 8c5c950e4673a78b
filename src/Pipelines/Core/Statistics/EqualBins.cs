namespace MLPipelines;

/// <summary>
/// Parts rising numbers into bins of about the same count each: the sum of squared counts is made small, by splitting the bin
/// that gains most, again and again, and then moving each split while that helps. Equal numbers share a bin.
/// </summary>
internal static class EqualBins
{
    /// <summary>The places where a new bin begins, rising; none for one bin.</summary>
    internal static int[] Split(ValueCounts counts, int maximumBins)
    {
        int values = counts.Values.Length;
        if (values <= maximumBins) return [.. Enumerable.Range(1, Math.Max(0, values - 1))];
        int[] places = Place(counts.UpTo, values, maximumBins);
        Move(places, counts.UpTo, (double)counts.Count / maximumBins);
        return places[1..^1];
    }

    /// <summary>The first places, with 0 and the number of values around them.</summary>
    private static int[] Place(ReadOnlySpan<long> upTo, int values, int bins)
    {
        var segments = new PriorityQueue<(int First, int Split, int End), (double Gain, int First)>();
        int[] places = new int[bins + 1];
        Add(upTo, 0, values);
        for (int i = 1; i < bins; i++)
        {
            var (first, split, end) = segments.Dequeue();
            places[i] = split;
            Add(upTo, first, split);
            Add(upTo, split, end);
        }
        places[bins] = values;
        Array.Sort(places);
        return places;

        void Add(ReadOnlySpan<long> upTo, int first, int end)
        {
            if (end - first < 2) return;
            int split = BestSplit(upTo, first, end, ideal: null);
            segments.Enqueue((first, split, end), (-Gain(upTo, first, split, end), first));
        }
    }

    /// <summary>Moves each place to the best between its neighbours until none moves.</summary>
    private static void Move(int[] places, ReadOnlySpan<long> upTo, double meanCount)
    {
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int i = 1; i < places.Length - 1; i++)
            {
                int first = places[i - 1], end = places[i + 1];
                double ideal = meanCount * i;
                int best = BestSplit(upTo, first, end, ideal);
                if (best == places[i] || !IsBetter(upTo, best, places[i], first, end, ideal)) continue;
                places[i] = best;
                moved = true;
            }
        }
    }

    /// <summary>The split of a segment with the largest gain; of equal ones, the one nearer to the ideal count before it.</summary>
    private static int BestSplit(ReadOnlySpan<long> upTo, int first, int end, double? ideal)
    {
        long middle = (Before(upTo, first) + Before(upTo, end)) / 2;
        int split = upTo[first..(end - 1)].BinarySearch(middle);
        // The place after the value that takes the count to the middle.
        split = Math.Clamp(first + 1 + (split >= 0 ? split : ~split), first + 1, end - 1);
        int best = split;
        if (split > first + 1 && IsBetter(upTo, split - 1, best, first, end, ideal)) best = split - 1;
        if (split < end - 1 && IsBetter(upTo, split + 1, best, first, end, ideal)) best = split + 1;
        return best;
    }

    private static bool IsBetter(ReadOnlySpan<long> upTo, int place, int other, int first, int end, double? ideal)
    {
        double gain = Gain(upTo, first, place, end), otherGain = Gain(upTo, first, other, end);
        return gain > otherGain || (gain == otherGain && ideal is { } count && Math.Abs(Before(upTo, place) - count) < Math.Abs(Before(upTo, other) - count));
    }

    // (a + b)² − a² − b² = 2ab: what the sum of squares loses by the split, halved.
    private static double Gain(ReadOnlySpan<long> upTo, int first, int split, int end) =>
        (double)(Before(upTo, split) - Before(upTo, first)) * (Before(upTo, end) - Before(upTo, split));

    private static long Before(ReadOnlySpan<long> upTo, int place) => place == 0 ? 0 : upTo[place - 1];
}
