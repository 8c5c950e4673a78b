using MLPipelines.Transforms;

namespace MLPipelines.Trainers.Trees;

/// <summary>Chooses the bins of a feature from a sample of its values: one per distinct value where there are few, or else about as many values in each.</summary>
internal static class BinFinder
{
    /// <summary>The bounds between bins.</summary>
    /// <param name="values">Rising, no NaN.</param>
    /// <param name="zeros">How many zeros there are besides.</param>
    /// <param name="maximumBins">How many bins there are at most.</param>
    /// <returns>Halfway between the values on both sides; none when all values are the same.</returns>
    internal static float[] Bounds(ReadOnlySpan<float> values, int zeros, int maximumBins)
    {
        (List<float> distinct, List<int> counts) = Distinct(values, zeros);
        var bounds = new List<float>();
        if (distinct.Count <= maximumBins)
        {
            for (int i = 1; i < distinct.Count; i++) bounds.Add(Between(distinct[i - 1], distinct[i]));
            return [.. bounds];
        }
        // Values that fill a bin of their own are set apart, so that the others share what is left evenly.
        long total = (long)values.Length + zeros;
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
        for (int i = 0; i < distinct.Count - 1 && bounds.Count < maximumBins - 1; i++)
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
        return [.. bounds];
    }

    /// <summary>The bounds between bins of counts that are as equal as can be.</summary>
    internal static float[] EqualBounds(ReadOnlySpan<float> values, int zeros, int maximumBins)
    {
        double[] numbers = new double[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertTruncating(values, numbers);
        ValueCounts counts = ValueCounts.Of(numbers, zeros);
        return Array.ConvertAll(EqualBins.Split(counts, maximumBins), place => Between((float)counts.Values[place - 1], (float)counts.Values[place]));
    }

    private static (List<float> Values, List<int> Counts) Distinct(ReadOnlySpan<float> values, int zeros)
    {
        List<float> distinct = [];
        List<int> counts = [];
        bool zerosLeft = zeros > 0;
        void Add(float value, int count)
        {
            // Minus zero is zero.
            if (distinct.Count > 0 && distinct[^1] == value) counts[^1] += count;
            else (distinct, counts) = (distinct.Append(value), counts.Append(count));
        }
        for (int i = 0; i < values.Length;)
        {
            int end = i + 1;
            while (end < values.Length && values[end] == values[i]) end++;
            if (zerosLeft && values[i] >= 0)
            {
                Add(0, zeros);
                zerosLeft = false;
            }
            Add(values[i], end - i);
            i = end;
        }
        if (zerosLeft) Add(0, zeros);
        return (distinct, counts);
    }

    private static List<T> Append<T>(this List<T> list, T item)
    {
        list.Add(item);
        return list;
    }

    /// <summary>A number that is at least the first and below the second.</summary>
    private static float Between(float low, float high)
    {
        float middle = (float)(0.5 * ((double)low + high));
        return middle < high && middle >= low ? middle : low;
    }
}
