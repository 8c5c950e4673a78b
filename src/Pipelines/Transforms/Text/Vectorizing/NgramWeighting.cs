namespace MLPipelines.Transforms.Text;

/// <summary>What n-grams are worth: the formulas of <see cref="TextVectorizingOptions"/>.</summary>
internal static class NgramWeighting
{
    /// <param name="statistics">The texts.</param>
    /// <param name="ngrams">The n-grams.</param>
    /// <param name="entropies">Of the label given each n-gram; <see langword="null"/> when there is no label.</param>
    /// <param name="options">The exponents and the floor.</param>
    internal static float[] Weights(NgramStatistics statistics, int[] ngrams, float[]? entropies, TextVectorizingOptions options)
    {
        float[] weights = new float[ngrams.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double idf = 1 + Math.Log((1.0 + statistics.TextCount) / (1 + statistics.DocumentCount(ngrams[i])));
            double label = entropies is null ? 1 : options.LabelWeightFloor + Math.Pow(1 - entropies[i], options.LabelWeightExponent);
            weights[i] = (float)(Math.Pow(idf, options.IdfExponent) * label);
        }
        return weights;
    }
}
