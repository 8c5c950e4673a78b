namespace MLPipelines.AutoML;

/// <summary>
/// Finds how much each of several models counts in a blend: starts with the best one and adds, again and again, the one that
/// makes the blend best, each as often as it helps (Caruana et al. 2004, Ensemble selection from libraries of models).
/// </summary>
internal static class GreedyBlending
{
    private const int Rounds = 30;

    /// <param name="parts">
    /// What each model makes of each validation row, as far as the loss needs it: the probability of the right class, or the number predicted.
    /// </param>
    /// <param name="loss">The loss of the sum of some parts, divided by their number.</param>
    /// <param name="mostMembers">At most so many different models.</param>
    /// <returns>How often each model is in the blend; they sum to the rounds that were worth it.</returns>
    internal static int[] Count(IReadOnlyList<float[]> parts, Func<float[], int, double> loss, int mostMembers)
    {
        int[] counts = new int[parts.Count], best = counts;
        float[] sum = new float[parts[0].Length], tried = new float[sum.Length];
        double bestLoss = double.PositiveInfinity;
        for (int round = 1; round <= Rounds; round++)
        {
            int chosen = -1;
            double least = double.PositiveInfinity;
            bool isFull = counts.Count(count => count > 0) >= mostMembers;
            for (int model = 0; model < parts.Count; model++)
            {
                if (isFull && counts[model] == 0) continue;
                System.Numerics.Tensors.TensorPrimitives.Add(sum, parts[model], tried);
                double value = loss(tried, round);
                // Of equals the first, which is the better one by itself.
                if (value < least) (chosen, least) = (model, value);
            }
            if (chosen < 0) break;
            counts[chosen]++;
            System.Numerics.Tensors.TensorPrimitives.Add(sum, parts[chosen], sum);
            if (least >= bestLoss) continue;
            (best, bestLoss) = ([.. counts], least);
        }
        return best;
    }

    /// <summary>The part of predictions that the loss of a blend is computed from.</summary>
    internal static float[] PartOf(float[] scores, ValidationRows rows)
    {
        if (rows.ScoreCount == 1) return scores;
        float[] right = new float[rows.Labels.Length];
        for (int row = 0; row < right.Length; row++) right[row] = scores[(row * rows.ScoreCount) + (int)rows.Labels[row]];
        return right;
    }

    /// <summary>The loss that a blend is chosen by: log loss for classes; for numbers the absolute error where the metric is, and otherwise the squared one.</summary>
    internal static Func<float[], int, double> LossFor(TableMetric metric, ValidationRows rows)
    {
        float[] labels = rows.Labels;
        if (rows.ScoreCount > 1) return (sum, count) =>
        {
            double total = 0;
            foreach (float p in sum) total -= Math.Log(Math.Max(p / count, 1e-15));
            return total / sum.Length;
        };
        bool isAbsolute = metric.Name == "mae";
        return (sum, count) =>
        {
            double total = 0;
            for (int row = 0; row < sum.Length; row++)
            {
                double error = (sum[row] / count) - labels[row];
                total += isAbsolute ? Math.Abs(error) : error * error;
            }
            return total / sum.Length;
        };
    }
}
