using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>Which rows a round learns from: all that count, a share of them, or those of great gradients and some others.</summary>
internal sealed class BoostingSample
{
    private readonly BoostingOptions _options;
    private readonly int[] _counting;
    private readonly int _rowCount;
    private readonly RowChances? _chances;
    private int[] _rows;

    internal BoostingSample(BoostingSet rows, BoostingOptions options)
    {
        (_options, _chances) = (options, RowChances.Of(options));
        _rowCount = rows.RowCount;
        _counting = Counting(rows);
        _rows = _counting;
    }

    /// <summary>The rows of the round, rising; empty for all.</summary>
    internal ReadOnlySpan<int> Rows => _rows;

    /// <summary>Whether some rows are left out.</summary>
    internal bool IsSampled => _rows.Length > 0;

    /// <summary>The rows that count: one of weight 0 is as one that is not there. Empty for all.</summary>
    internal static int[] Counting(BoostingSet rows) =>
        rows.Weights is { } weights && Array.Exists(weights, weight => weight == 0) ? [.. Enumerable.Range(0, rows.RowCount).Where(row => weights[row] > 0)] : [];

    /// <summary>Draws a share of rows.</summary>
    /// <param name="counting">The rows that count; empty for all.</param>
    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="options">Which share, and the seed.</param>
    /// <param name="round">The number of the round or tree.</param>
    internal static int[] Share(int[] counting, int rowCount, BoostingOptions options, int round)
    {
        int count = counting.Length > 0 ? counting.Length : rowCount;
        int[] places = RowSample.Choose(count, Math.Max(1, (int)(count * options.RowFraction)), new SplitMixRandom(options.Seed, round, -2));
        return counting.Length > 0 ? Array.ConvertAll(places, place => counting[place]) : places;
    }

    /// <summary>Draws the rows of a round.</summary>
    /// <returns>Whether gradients were changed.</returns>
    internal bool Draw(int round, GradientPairs[] pairs)
    {
        if (_options.Goss is { } goss)
        {
            // Until the first trees have found what is coarse, all rows count.
            if (round < 1 / _options.LearningRate) return false;
            DrawByGradient(goss, _counting.Length > 0 ? _counting.Length : _rowCount, pairs, new SplitMixRandom(_options.Seed, round, -2));
            return true;
        }
        if (_options.RowFraction >= 1 || round % Math.Max(1, _options.RowFractionEvery) != 0) return false;
        _rows = _chances?.Draw(_counting, _rowCount) ?? Share(_counting, _rowCount, _options, round);
        return false;
    }

    private void DrawByGradient(GossOptions goss, int count, GradientPairs[] pairs, SplitMixRandom random)
    {
        float[] sizes = new float[count];
        foreach (GradientPairs output in pairs)
        {
            ReadOnlySpan<float> floats = output.Floats;
            for (int i = 0; i < count; i++)
            {
                int row = Row(i);
                sizes[i] += MathF.Abs(floats[2 * row] * floats[2 * row + 1]);
            }
        }
        int top = Math.Clamp((int)(count * goss.TopRate), 1, count), others = Math.Clamp((int)(count * goss.OtherRate), 0, count - top);
        float[] sorted = [.. sizes];
        FloatSort.Sort(sorted, new float[count]);
        float least = sorted[count - top];
        int ties = top - (count - (sorted.AsSpan().LastIndexOf(least) + 1));
        var rows = new List<int>(top + others);
        int left = count - top, wanted = others;
        float factor = others > 0 ? (float)(count - top) / others : 1;
        for (int i = 0; i < count; i++)
        {
            int row = Row(i);
            if (sizes[i] > least || (sizes[i] == least && ties-- > 0)) rows.Add(row);
            else if (random.Next(left--) < wanted)
            {
                wanted--;
                rows.Add(row);
                foreach (GradientPairs output in pairs)
                {
                    output.Floats[2 * row] *= factor;
                    output.Floats[2 * row + 1] *= factor;
                }
            }
        }
        _rows = [.. rows];
    }

    private int Row(int place) => _counting.Length > 0 ? _counting[place] : place;
}
