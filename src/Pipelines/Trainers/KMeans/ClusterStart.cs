using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Rows to start clusters from. Greedy k-means++ takes one row after the other, each the best of 2 + ln k that are drawn with chances that
/// grow with weight · squared distance (Arthur and Vassilvitskii 2007); k-means‖ draws about 2k rows at once, five times, and takes
/// the best of these by k-means++, each with the weight of the rows that are nearest to it (Bahmani et al. 2012).
/// </summary>
internal static class ClusterStart
{
    private const int Rounds = 5;

    /// <returns>Fewer rows than <paramref name="count"/> where there are no more different ones.</returns>
    internal static int[] PlusPlus(ClusteredRows rows, int count, TauswortheRandom random)
    {
        rows.Forget();
        int[] first = Draw(rows, 1, random, row => rows.WeightOf(row));
        List<int> chosen = [first[0]];
        double sum = rows.Add(first, 0);
        int candidates = 2 + (int)Math.Log(count);
        while (chosen.Count < count && sum > 0)
        {
            int[] drawn = Draw(rows, candidates, random, row => (double)rows.WeightOf(row) * rows.Distances[row]);
            double[] sums = rows.SumsWith(drawn);
            int best = drawn[Array.IndexOf(sums, sums.Min())];
            sum = rows.Add([best], chosen.Count);
            chosen.Add(best);
        }
        return [.. chosen];
    }

    /// <returns>Fewer rows than <paramref name="count"/> where there are no more different ones.</returns>
    internal static int[] Parallel(ClusteredRows rows, int count, TauswortheRandom random, Action onRound, CancellationToken cancellation)
    {
        rows.Forget();
        List<int> drawn = [.. Draw(rows, 1, random, row => rows.WeightOf(row))];
        double sum = rows.Add([drawn[0]], 0);
        for (int round = 0; round < Rounds && sum > 0; round++)
        {
            onRound();
            int known = drawn.Count;
            for (int row = 0; row < rows.RowCount; row++)
                if (random.NextDouble() * sum < 2.0 * count * rows.WeightOf(row) * rows.Distances[row]) drawn.Add(row);
            if (drawn.Count > known) sum = rows.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(drawn)[known..], known);
        }
        if (drawn.Count <= count) return PlusPlus(rows, count, random);
        float[] weights = new float[drawn.Count];
        for (int row = 0; row < rows.RowCount; row++) weights[rows.Assignments[row]] += rows.WeightOf(row);
        int[] best = PlusPlus(rows.Select(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(drawn), weights, cancellation), count, random);
        return best.Length == count ? Array.ConvertAll(best, i => drawn[i]) : PlusPlus(rows, count, random);
    }

    /// <summary>Draws rows, with replacement, whose chances are proportional to a number that each has.</summary>
    private static int[] Draw(ClusteredRows rows, int count, TauswortheRandom random, Func<int, double> chance)
    {
        double[] ends = new double[rows.Parts.Count];
        rows.Parts.ForEach((part, first, end) =>
        {
            double sum = 0;
            for (int row = first; row < end; row++) sum += chance(row);
            ends[part] = sum;
        });
        for (int part = 1; part < ends.Length; part++) ends[part] += ends[part - 1];
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++)
        {
            double left = random.NextDouble() * ends[^1];
            int part = Array.FindIndex(ends, end => left < end);
            if (part > 0) left -= ends[part - 1];
            int row = rows.Parts.First(part), last = row;
            for (; row < rows.Parts.First(part + 1); row++)
            {
                double own = chance(row);
                if (own > 0) last = row;
                if ((left -= own) < 0) break;
            }
            // Rounding may leave a little at the end of a part: its last row that can be drawn.
            drawn[i] = last;
        }
        return drawn;
    }
}
