using System.Buffers;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// LambdaMART (Burges, "From RankNet to LambdaRank to LambdaMART", 2010): a pair of rows of a query counts by how much the discounted gain of its order would change if both
/// changed places. The loss is 1 − NDCG at the truncation.
/// </summary>
/// <param name="truncation">Pairs count where one of both is among so many first ones.</param>
/// <param name="sharpness">The slope of the chance that one row comes before another.</param>
/// <param name="normalize">Whether lambdas are made smaller where scores of a query lie far apart, and their sum where it is great.</param>
/// <param name="gains">The gain of each grade of relevance; 2^grade − 1 where there are none.</param>
internal sealed class LambdaRankObjective(int truncation = 30, double sharpness = 1, bool normalize = true, double[]? gains = null) : BoostingObjective
{
    public override bool NeedsGroups => true;

    public override string? LabelProblem(float label) =>
        label >= 0 && label == (int)label && label < (gains?.Length ?? 31) ? null : $"a grade of relevance, a whole number from 0 to {(gains?.Length ?? 31) - 1}";

    public override double[] InitialScores(BoostingSet rows) => [0];

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        gradients.Clear();
        hessians.Clear();
        int count = labels.Length;
        double best = Ideal(labels);
        if (best <= 0) return;
        int[] room = ArrayPool<int>.Shared.Rent(count);
        Span<int> order = room.AsSpan(0, count);
        Order(scores, order);
        double sum = 0, spread = scores[order[0]] - scores[order[^1]];
        for (int i = 0; i < Math.Min(truncation, count - 1); i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                if (labels[order[i]] == labels[order[j]]) continue;
                (int high, int low) = labels[order[i]] > labels[order[j]] ? (order[i], order[j]) : (order[j], order[i]);
                double apart = (double)scores[high] - scores[low];
                double change = (Gain(labels[high]) - Gain(labels[low])) * (Discount(i) - Discount(j)) / best;
                if (normalize && spread > 0) change /= 0.01 + Math.Abs(apart);
                double wrong = 1 / (1 + Math.Exp(sharpness * apart));
                float lambda = (float)(sharpness * change * wrong), curvature = (float)(sharpness * sharpness * change * wrong * (1 - wrong));
                gradients[high] -= lambda;
                gradients[low] += lambda;
                hessians[high] += curvature;
                hessians[low] += curvature;
                sum += 2 * lambda;
            }
        }
        ArrayPool<int>.Shared.Return(room);
        if (!normalize || sum <= 0) return;
        float factor = (float)(Math.Log2(1 + sum) / sum);
        for (int i = 0; i < count; i++)
        {
            gradients[i] *= factor;
            hessians[i] *= factor;
        }
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double best = Ideal(labels);
        // A query without anything relevant is in order as it is.
        if (best <= 0) return 0;
        int[] order = new int[labels.Length];
        Order(scores, order);
        double sum = 0;
        for (int i = 0; i < Math.Min(truncation, order.Length); i++) sum += Gain(labels[order[i]]) * Discount(i);
        return 1 - sum / best;
    }

    private double Ideal(ReadOnlySpan<float> labels)
    {
        float[] room = ArrayPool<float>.Shared.Rent(labels.Length);
        Span<float> sorted = room.AsSpan(0, labels.Length);
        labels.CopyTo(sorted);
        sorted.Sort();
        double sum = 0;
        for (int i = 0; i < Math.Min(truncation, sorted.Length); i++) sum += Gain(sorted[^(i + 1)]) * Discount(i);
        ArrayPool<float>.Shared.Return(room);
        return sum;
    }

    /// <summary>Rows from the highest score down; equal ones as they come.</summary>
    private static void Order(ReadOnlySpan<float> scores, Span<int> order)
    {
        long[] room = ArrayPool<long>.Shared.Rent(scores.Length);
        Span<long> keys = room.AsSpan(0, scores.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            int bits = BitConverter.SingleToInt32Bits(scores[i] == 0 ? 0 : scores[i]);
            // Numbers in falling order as whole numbers in rising order, with the row below.
            keys[i] = ((long)~(bits ^ (bits >> 31 & int.MaxValue)) << 32) | (uint)i;
        }
        keys.Sort();
        for (int i = 0; i < order.Length; i++) order[i] = (int)(keys[i] & int.MaxValue);
        ArrayPool<long>.Shared.Return(room);
    }

    private double Gain(float label) => gains is null ? (1L << (int)label) - 1 : gains[(int)label];

    private static double Discount(int place) => 1 / Math.Log2(place + 2);
}
