namespace MLPipelines.Trainers.Trees;

/// <summary>Chooses the bins of a feature from a sample of its values: one per distinct value where there are few, or else about as many values in each.</summary>
internal static class BinFinder
{
    /// <summary>The bounds between bins.</summary>
    /// <param name="values">Rising, no NaN; what is in them afterwards is not said.</param>
    /// <param name="room">As long.</param>
    /// <param name="zeros">How many zeros there are besides those among the values; there is one there if there are any.</param>
    /// <param name="options">How many bins there are at most, and whether zero has one.</param>
    /// <returns>Halfway between the values on both sides; none when all values are the same.</returns>
    internal static float[] Bounds(Span<float> values, Span<int> room, int zeros, BoostingOptions options)
    {
        int length = Distinct(values, room, zeros), maximumBins = options.MaximumBinCount;
        ReadOnlySpan<float> distinct = values[..length];
        ReadOnlySpan<int> counts = room[..length];
        if (!options.ZeroHasABin) return [.. Fill(distinct, counts, maximumBins)];
        int below = CountBelow(distinct, 0), above = length - below - (below < length && distinct[below] == 0 ? 1 : 0);
        ReadOnlySpan<float> lows = distinct[..below], highs = distinct[^above..];
        long lowCount = Sum(counts[..below]), highCount = Sum(counts[^above..]);
        int lowBins = below == 0 ? 0 : Math.Max(1, (int)(lowCount / (double)(lowCount + highCount) * (maximumBins - 1)));
        var bounds = new List<float>();
        if (below > 0) bounds.AddRange([.. Fill(lows, counts[..below], lowBins), -float.Epsilon]);
        if (above > 0 && length > above) bounds.Add(float.Epsilon);
        if (above > 0) bounds.AddRange(Fill(highs, counts[^above..], maximumBins - 1 - Math.Max(0, bounds.Count - (length > above ? 1 : 0))));
        return [.. bounds];
    }

    private static int CountBelow(ReadOnlySpan<float> rising, float limit)
    {
        int count = 0;
        while (count < rising.Length && rising[count] < limit) count++;
        return count;
    }

    private static long Sum(ReadOnlySpan<int> counts)
    {
        long sum = 0;
        foreach (int count in counts) sum += count;
        return sum;
    }

    /// <summary>Fills one bin after another.</summary>
    private static List<float> Fill(ReadOnlySpan<float> distinct, ReadOnlySpan<int> counts, int maximumBins)
    {
        long total = Sum(counts);
        var bounds = new List<float>();
        if (distinct.Length <= maximumBins)
        {
            for (int i = 1; i < distinct.Length; i++) bounds.Add(Between(distinct[i - 1], distinct[i]));
            return bounds;
        }
        // Values that fill a bin of their own are set apart, so that the others share what is left evenly.
        double mean = (double)total / maximumBins;
        long rest = 0;
        int heavy = 0;
        foreach (int count in counts)
        {
            if (count >= mean) heavy++;
            else rest += count;
        }
        double share = (double)rest / Math.Max(1, maximumBins - heavy);
        long inBin = 0;
        for (int i = 0; i < distinct.Length - 1 && bounds.Count < maximumBins - 1; i++)
        {
            bool isHeavy = counts[i] >= mean;
            inBin += counts[i];
            if (!isHeavy) rest -= counts[i];
            bool full = isHeavy || inBin >= share || (counts[i + 1] >= mean && inBin >= Math.Max(1, share / 2));
            if (!full) continue;
            bounds.Add(Between(distinct[i], distinct[i + 1]));
            inBin = 0;
            if (isHeavy) heavy--;
            else share = (double)rest / Math.Max(1, maximumBins - bounds.Count - heavy);
        }
        return bounds;
    }

    /// <summary>The bounds between bins of counts that are as equal as can be.</summary>
    internal static float[] EqualBounds(ReadOnlySpan<float> values, int zeros, int maximumBins)
    {
        double[] numbers = new double[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertTruncating(values, numbers);
        ValueCounts counts = ValueCounts.Of(numbers, zeros);
        return Array.ConvertAll(EqualBins.Split(counts, maximumBins), place => Between((float)counts.Values[place - 1], (float)counts.Values[place]));
    }

    /// <summary>Puts the different values to the front, and how many of each there are into the room.</summary>
    private static int Distinct(Span<float> values, Span<int> counts, int zeros)
    {
        int found = 0;
        for (int i = 0; i < values.Length; found++)
        {
            int end = i + 1;
            // Minus zero is zero.
            while (end < values.Length && values[end] == values[i]) end++;
            (values[found], counts[found]) = (values[i], end - i + (values[i] == 0 ? zeros : 0));
            i = end;
        }
        return found;
    }

    /// <summary>A number that is at least the first and below the second.</summary>
    private static float Between(float low, float high)
    {
        float middle = (float)(0.5 * ((double)low + high));
        return middle < high && middle >= low ? middle : low;
    }
}
