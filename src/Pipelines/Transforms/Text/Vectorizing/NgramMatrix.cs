using System.Numerics.Tensors;
using MLPipelines.Trainers;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// How often each text of a collection has each feature, as CSR with rising features per row. Weights turn it into a feature
/// matrix, the same one that <see cref="TextVectorizer"/> would make of the texts.
/// </summary>
internal sealed class NgramMatrix
{
    private readonly long[] _starts;
    private readonly int[] _features;
    private readonly int[] _counts;
    private readonly int[] _viewEnds;

    private NgramMatrix(long[] starts, int[] features, int[] counts, int[] viewEnds) =>
        (_starts, _features, _counts, _viewEnds) = (starts, features, counts, viewEnds);

    /// <param name="partitions">The n-grams of the texts.</param>
    /// <param name="featureOf">The feature that each n-gram becomes, or -1.</param>
    /// <param name="rowCount">The number of texts.</param>
    /// <param name="viewEnds">The number of features of the views up to and with each.</param>
    /// <param name="parallel">How many threads to use.</param>
    internal static NgramMatrix Of(NgramPartition[] partitions, int[] featureOf, int rowCount, int[] viewEnds, ParallelOptions parallel)
    {
        int blockCount = (rowCount + NgramBlock.Size - 1) / NgramBlock.Size;
        long[] starts = new long[rowCount + 1];
        Parallel.For(0, blockCount, parallel, block =>
        {
            foreach (NgramPartition partition in partitions)
            {
                var postings = partition.PostingsOf(block);
                for (int i = 0; i < postings.Count; i++)
                    if (featureOf[partition.Offset + postings.Ngrams[i]] >= 0) starts[block * NgramBlock.Size + postings.Texts[i] + 1]++;
            }
        });
        for (int row = 0; row < rowCount; row++) starts[row + 1] += starts[row];
        int[] features = new int[starts[^1]], counts = new int[starts[^1]];
        Parallel.For(0, blockCount, parallel, block =>
        {
            int first = block * NgramBlock.Size, end = Math.Min(first + NgramBlock.Size, rowCount);
            long[] next = starts[first..end];
            foreach (NgramPartition partition in partitions)
            {
                var postings = partition.PostingsOf(block);
                for (int i = 0; i < postings.Count; i++)
                {
                    int feature = featureOf[partition.Offset + postings.Ngrams[i]];
                    if (feature < 0) continue;
                    long at = next[postings.Texts[i]]++;
                    (features[at], counts[at]) = (feature, postings.Counts[i]);
                }
            }
            for (int row = first; row < end; row++)
            {
                int start = (int)starts[row], length = (int)starts[row + 1] - start;
                features.AsSpan(start, length).Sort(counts.AsSpan(start, length));
            }
        });
        return new NgramMatrix(starts, features, counts, viewEnds);
    }

    internal int RowCount => _starts.Length - 1;

    internal int FeatureCount => _viewEnds[^1];

    internal FeatureMatrix Weigh(float[] weights)
    {
        float[] values = new float[_features.Length];
        Parallel.For(0, RowCount, row =>
        {
            int start = (int)_starts[row], length = (int)_starts[row + 1] - start;
            ReadOnlySpan<int> features = _features.AsSpan(start, length);
            Span<float> own = values.AsSpan(start, length);
            for (int i = 0; i < own.Length; i++) own[i] = NgramScaling.Dampen(_counts[start + i]) * weights[features[i]];
            NgramScaling.ToUnitLength(features, own, _viewEnds);
        });
        return new FeatureMatrix(_starts, _features, values, FeatureCount);
    }

    /// <summary>The entropy of the label given each feature, over some of the rows; see <see cref="LabelEntropy"/>.</summary>
    internal float[] LabelEntropies(int[] labels, int labelCount, int[]? rows)
    {
        int rowCount = rows?.Length ?? RowCount;
        double[] shares = LabelEntropy.Shares(labels, labelCount, rows);
        // The labels of the rows that have each feature, feature after feature.
        long[] ends = new long[FeatureCount + 1];
        for (int i = 0; i < rowCount; i++)
            foreach (int feature in FeaturesOf(rows is null ? i : rows[i])) ends[feature + 1]++;
        for (int feature = 0; feature < FeatureCount; feature++) ends[feature + 1] += ends[feature];
        int[] labelsOf = new int[ends[^1]];
        long[] next = ends[..^1];
        for (int i = 0; i < rowCount; i++)
        {
            int row = rows is null ? i : rows[i];
            foreach (int feature in FeaturesOf(row)) labelsOf[next[feature]++] = labels[row];
        }
        return LabelEntropy.Of(ends, labelsOf, shares);
    }

    private ReadOnlySpan<int> FeaturesOf(int row) => _features.AsSpan((int)_starts[row], (int)(_starts[row + 1] - _starts[row]));
}
