namespace MLPipelines.Transforms.Text;

/// <summary>
/// How evenly an n-gram is spread over the labels: with p k the share of label k among all texts and q k ∝ (n k + p k) / p k the
/// smoothed count of the n-gram per label, corrected for how frequent labels are, H = −Σ q k ln q k / ln K.
/// </summary>
internal static class LabelEntropy
{
    /// <summary>The share of each label; labels that no text has count as one text in a hundred times as many.</summary>
    internal static double[] Shares(int[] labels, int labelCount, int[]? rows)
    {
        double[] shares = new double[labelCount];
        int count = rows?.Length ?? labels.Length;
        for (int i = 0; i < count; i++) shares[labels[rows is null ? i : rows[i]]]++;
        for (int k = 0; k < labelCount; k++) shares[k] = Math.Max(shares[k], 0.01) / count;
        return shares;
    }

    /// <param name="ends">Where the labels of each n-gram end, with a 0 in front.</param>
    /// <param name="labels">The labels of the texts that have each n-gram.</param>
    /// <param name="shares">The share of each label among all texts.</param>
    internal static float[] Of(long[] ends, int[] labels, double[] shares)
    {
        float[] entropies = new float[ends.Length - 1];
        // Labels that an n-gram never occurs with all have the same smoothed value, 1 (before scaling): they are counted, not visited.
        Parallel.For(0, (entropies.Length + 1023) / 1024, block =>
        {
            double[] counts = new double[shares.Length];
            List<int> seen = [];
            for (int ngram = block * 1024; ngram < Math.Min(entropies.Length, (block + 1) * 1024); ngram++)
            {
                for (long i = ends[ngram]; i < ends[ngram + 1]; i++)
                {
                    int label = labels[i];
                    if (counts[label]++ == 0) seen.Add(label);
                }
                entropies[ngram] = (float)Entropy(counts, seen, shares);
                foreach (int label in seen) counts[label] = 0;
                seen.Clear();
            }
        });
        return entropies;
    }

    private static double Entropy(double[] counts, List<int> seen, double[] shares)
    {
        double total = shares.Length - seen.Count, sum = 0;
        foreach (int label in seen)
        {
            double value = counts[label] / shares[label] + 1;
            total += value;
            sum += value * Math.Log(value);
        }
        // With q = v / T: −Σ q ln q = ln T − Σ v ln v / T; labels not seen add v ln v = 0.
        return Math.Clamp((Math.Log(total) - sum / total) / Math.Log(shares.Length), 0, 1);
    }
}
