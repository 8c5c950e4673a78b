namespace MLPipelines.Transforms;

/// <summary>
/// Parts rising numbers into bins that tell the classes of their rows apart: the bin with the best split is split while the
/// split tells more than it costs to write down (Fayyad and Irani 1993, "Multi-interval discretization of continuous-valued
/// attributes for classification learning", with the cost as ML.NET takes it).
/// </summary>
/// <param name="upTo">How many rows of each class have a number up to and with each of the different numbers: (numbers, classes).</param>
/// <param name="classes">The number of classes.</param>
internal sealed class InformationBins(long[] upTo, int classes)
{
    /// <summary>The places where a new bin begins, rising; none for one bin.</summary>
    /// <param name="maximumBins">How many bins there may be.</param>
    /// <param name="minimumRows">A bin with fewer rows is not split.</param>
    internal int[] Split(int maximumBins, int minimumRows)
    {
        List<int> places = [];
        var bins = new PriorityQueue<(int First, int Place, int End), (double Gain, int First)>();
        Add(0, upTo.Length / classes);
        while (places.Count + 1 < maximumBins && bins.TryDequeue(out var bin, out _))
        {
            places.Add(bin.Place);
            Add(bin.First, bin.Place);
            Add(bin.Place, bin.End);
        }
        places.Sort();
        return [.. places];

        void Add(int first, int end)
        {
            var (gain, place) = BestSplit(first, end, minimumRows);
            if (gain > 0) bins.Enqueue((first, place, end), (-gain, first));
        }
    }

    private (double Gain, int Place) BestSplit(int first, int end, int minimumRows)
    {
        if (end - first < 2) return default;
        var (rows, entropy) = Entropy(first, end);
        if (rows < minimumRows || entropy <= 0) return default;
        double gain = 0, cost = Math.Log(end - first);
        int best = 0;
        for (int place = first + 1; place < end; place++)
        {
            var (rowsBefore, before) = Entropy(first, place);
            var (rowsAfter, after) = Entropy(place, end);
            double told = (rows * entropy) - (rowsBefore * before) - (rowsAfter * after);
            double saved = told - cost + (classes * (entropy - before - after));
            if (saved > gain) (gain, best) = (saved, place);
        }
        return (gain, best);
    }

    /// <summary>The rows of a bin and the entropy of their classes, in nats.</summary>
    private (long Rows, double Entropy) Entropy(int first, int end)
    {
        long rows = 0;
        for (int c = 0; c < classes; c++) rows += Count(first, end, c);
        double entropy = 0;
        for (int c = 0; c < classes; c++)
        {
            double share = (double)Count(first, end, c) / rows;
            if (share > 0) entropy -= share * Math.Log(share);
        }
        return (rows, entropy);
    }

    private long Count(int first, int end, int c) => upTo[((end - 1) * classes) + c] - (first == 0 ? 0 : upTo[((first - 1) * classes) + c]);
}
