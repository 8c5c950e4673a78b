namespace MLPipelines.Transforms;

/// <summary>
/// Parts rising numbers into bins that tell the classes of their rows apart: the bin with the best split is split while the
/// split tells more than it costs to write down (Fayyad and Irani 1993, "Multi-interval discretization of continuous-valued
/// attributes for classification learning", with the cost as ML.NET takes it). Entropies are in nats.
/// </summary>
/// <param name="starts">Where the runs of each of the different numbers start; one more entry than numbers.</param>
/// <param name="runs">Rows of one number and one class: the class, and how many.</param>
/// <param name="classCount">The number of classes.</param>
internal sealed class InformationBins(int[] starts, (int Class, long Rows)[] runs, int classCount)
{
    /// <summary>The places where a new bin begins, rising; none for one bin.</summary>
    /// <param name="maximumBins">How many bins there may be.</param>
    /// <param name="minimumRows">A bin with fewer rows is not split.</param>
    internal int[] Split(int maximumBins, int minimumRows)
    {
        List<int> places = [];
        var bins = new PriorityQueue<(int First, int Place, int End), (double Gain, int First)>();
        Add(0, starts.Length - 1);
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
        ClassCounts before = new(classCount), after = new(classCount);
        foreach (var (c, rows) in runs.AsSpan(starts[first]..starts[end])) after.Add(c, rows);
        if (after.Rows < minimumRows || after.IsPure(runs[starts[first]].Class)) return default;
        double entropy = after.Entropy, whole = after.Rows * entropy, cost = Math.Log(end - first), gain = 0;
        int best = 0;
        for (int place = first + 1; place < end; place++)
        {
            foreach (var (c, rows) in runs.AsSpan(starts[place - 1]..starts[place]))
            {
                before.Add(c, rows);
                after.Add(c, -rows);
            }
            double left = before.Entropy, right = after.Entropy;
            double saved = whole - (before.Rows * left) - (after.Rows * right) - cost + (classCount * (entropy - left - right));
            if (saved > gain) (gain, best) = (saved, place);
        }
        return (gain, best);
    }

    /// <summary>Rows of each class, and their entropy as ln n − Σ c·ln c / n, which a change of one class updates.</summary>
    private sealed class ClassCounts(int classCount)
    {
        private readonly long[] _rows = new long[classCount];
        private double _sum;

        internal long Rows { get; private set; }

        internal double Entropy => Math.Max(0, Math.Log(Rows) - (_sum / Rows));

        internal bool IsPure(int c) => _rows[c] == Rows;

        internal void Add(int c, long rows)
        {
            _sum -= Term(_rows[c]);
            _rows[c] += rows;
            _sum += Term(_rows[c]);
            Rows += rows;
        }

        private static double Term(long count) => count == 0 ? 0 : count * Math.Log(count);
    }
}
