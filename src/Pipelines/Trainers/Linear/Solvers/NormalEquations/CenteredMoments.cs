using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Weighted means of the features, and the sums of the products of their distances from the means, in double precision.</summary>
/// <remarks>
/// Rows are taken in blocks that are transposed; within a block each number is summed by one thread in a fixed order, so that
/// results do not depend on the number of threads. Memory: half a number per pair of features.
/// </remarks>
internal sealed class CenteredMoments
{
    internal const int MaximumFeatures = 16_384;

    private const int BlockNumbers = 1 << 21;

    /// <summary>One per feature.</summary>
    internal double[] Means { get; }

    /// <summary>The lower triangle, row after row: Σ weight · (xᵢ − meanᵢ) · (xⱼ − meanⱼ).</summary>
    internal double[] Products { get; }

    /// <summary>Σ weight · (xᵢ − meanᵢ) · target.</summary>
    internal double[] TargetProducts { get; }

    internal double WeightSum { get; }

    /// <param name="features">The features; at most <see cref="MaximumFeatures"/>.</param>
    /// <param name="weights">One per row.</param>
    /// <param name="targets">One per row; <see langword="null"/> for none.</param>
    /// <param name="onBlock">Told of each block of rows, before it is read.</param>
    internal CenteredMoments(FeatureMatrix features, double[] weights, double[]? targets, Action onBlock)
    {
        int count = features.ColumnCount;
        WeightSum = weights.Sum();
        (Means, TargetProducts) = (MeansOf(features, weights), new double[count]);
        Products = new double[checked(count * (count + 1) / 2)];
        int blockRows = Math.Clamp(BlockNumbers / Math.Max(1, count), 64, 4096);
        double[] block = new double[checked(count * blockRows)], scaled = new double[block.Length];
        for (int first = 0; first < features.RowCount; first += blockRows)
        {
            onBlock();
            int rows = Math.Min(blockRows, features.RowCount - first), start = first;
            Transpose(features, first, rows, blockRows, block);
            Parallel.For(0, count, i =>
            {
                ReadOnlySpan<double> own = block.AsSpan(i * blockRows, rows);
                Span<double> weighted = scaled.AsSpan(i * blockRows, rows);
                TensorPrimitives.Multiply(own, weights.AsSpan(start, rows), weighted);
                if (targets is not null) TargetProducts[i] += TensorPrimitives.Dot<double>(weighted, targets.AsSpan(start, rows));
                Span<double> products = Products.AsSpan(i * (i + 1) / 2, i + 1);
                for (int j = 0; j <= i; j++) products[j] += TensorPrimitives.Dot<double>(weighted, block.AsSpan(j * blockRows, rows));
            });
        }
    }

    private double[] MeansOf(FeatureMatrix features, double[] weights)
    {
        double[] sums = new double[features.ColumnCount];
        for (int row = 0; row < features.RowCount; row++)
        {
            RowVector<float> vector = features[row];
            for (int i = 0; i < vector.Values.Length; i++) sums[vector.IsDense ? i : vector.Indices[i]] += weights[row] * vector.Values[i];
        }
        return Array.ConvertAll(sums, sum => sum / WeightSum);
    }

    private void Transpose(FeatureMatrix features, int first, int rows, int stride, double[] block)
    {
        for (int j = 0; j < Means.Length; j++) block.AsSpan(j * stride, rows).Fill(-Means[j]);
        for (int row = 0; row < rows; row++)
        {
            RowVector<float> vector = features[first + row];
            for (int i = 0; i < vector.Values.Length; i++)
            {
                int feature = vector.IsDense ? i : vector.Indices[i];
                block[feature * stride + row] = vector.Values[i] - Means[feature];
            }
        }
    }
}
