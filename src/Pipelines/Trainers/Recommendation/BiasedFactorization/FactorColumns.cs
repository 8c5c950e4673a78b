using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>The biases and factors of items in single precision, one number of all items after the other: a user's scores of all are sums of few long columns.</summary>
internal sealed class FactorColumns
{
    // As many scores as stay in the nearest cache while their terms are added.
    private const int Block = 2048;

    private readonly float[] _columns;
    private readonly int _count;

    internal FactorColumns(FactorSide items)
    {
        _count = items.Count;
        _columns = new float[_count * items.Width];
        for (int item = 0; item < _count; item++)
        {
            for (int i = 0; i < items.Width; i++) _columns[(i * _count) + item] = (float)items.MeanOf(item)[i];
        }
    }

    /// <summary>The scores of all items: as <see cref="Score"/> does one, in the same order.</summary>
    internal void ScoreAll(double center, ReadOnlySpan<double> user, Span<float> scores)
    {
        for (int first = 0; first < _count; first += Block)
        {
            int length = Math.Min(Block, _count - first);
            Span<float> block = scores.Slice(first, length);
            TensorPrimitives.Add(_columns.AsSpan(first, length), (float)(center + user[0]), block);
            for (int i = 1; i < user.Length; i++) TensorPrimitives.MultiplyAdd(_columns.AsSpan((i * _count) + first, length), (float)user[i], block, block);
        }
    }

    internal static float Score(double center, ReadOnlySpan<double> user, ReadOnlySpan<double> item)
    {
        float score = (float)item[0] + (float)(center + user[0]);
        for (int i = 1; i < user.Length; i++) score = ((float)item[i] * (float)user[i]) + score;
        return score;
    }
}
