using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

/// <summary>One regression tree, by looking at every split of every leaf, with no bins and no histograms.</summary>
internal static class BruteForce
{
    internal static double[] Scores(float[][] x, float[] y, BoostingOptions options)
    {
        double mean = y.Select(v => (double)v).Average();
        double[] gradients = [.. y.Select(v => (double)((float)mean - v))];
        var leaves = new List<(int[] Rows, int Depth)> { ([.. Enumerable.Range(0, y.Length)], 0) };
        while (leaves.Count < options.LeafCount)
        {
            int chosen = -1;
            (double Gain, int[] Left, int[] Right) best = (0, [], []);
            for (int i = 0; i < leaves.Count; i++)
            {
                if (Best(x, gradients, leaves[i].Rows, options) is not { } split) continue;
                bool before = chosen < 0 || (options.Growth == TreeGrowth.LevelWise && leaves[i].Depth != leaves[chosen].Depth ? leaves[i].Depth < leaves[chosen].Depth : split.Gain > best.Gain);
                if (before) (chosen, best) = (i, split);
            }
            if (chosen < 0) break;
            int depth = leaves[chosen].Depth + 1;
            leaves[chosen] = (best.Left, depth);
            leaves.Add((best.Right, depth));
        }
        double[] scores = new double[y.Length];
        foreach ((int[] rows, _) in leaves)
            foreach (int row in rows) scores[row] = mean + (leaves.Count == 1 ? 0 : -Soft(rows.Sum(r => gradients[r]), options) / (rows.Length + options.L2));
        return scores;
    }

    private static (double Gain, int[] Left, int[] Right)? Best(float[][] x, double[] gradients, int[] rows, BoostingOptions options)
    {
        (double Gain, int[] Left, int[] Right)? best = null;
        double Score(int[] some) => Math.Pow(Soft(some.Sum(r => gradients[r]), options), 2) / (some.Length + options.L2);
        for (int feature = 0; feature < x[0].Length; feature++)
        {
            foreach (bool missingLeft in new[] { false, true })
            {
                foreach (float threshold in rows.Select(r => x[r][feature]).Where(v => !float.IsNaN(v)).Distinct().Order())
                {
                    int[] left = [.. rows.Where(r => float.IsNaN(x[r][feature]) ? missingLeft : x[r][feature] <= threshold)], right = [.. rows.Except(left)];
                    if (left.Length < options.MinimumRowsPerLeaf || right.Length < options.MinimumRowsPerLeaf) continue;
                    double gain = Score(left) + Score(right) - Score(rows);
                    if (gain > 1e-9 && (best is null || gain > best.Value.Gain + 1e-9)) best = (gain, left, right);
                }
            }
        }
        return best;
    }

    private static double Soft(double g, BoostingOptions options) => Math.Sign(g) * Math.Max(0, Math.Abs(g) - options.L1);
}
