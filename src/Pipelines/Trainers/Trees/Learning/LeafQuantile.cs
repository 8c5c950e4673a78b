using System.Buffers;

namespace MLPipelines.Trainers.Trees;

/// <summary>Quantiles with weights.</summary>
internal static class LeafQuantile
{
    /// <summary>A quantile of what the labels of some rows are above their scores.</summary>
    internal static double Of(ReadOnlySpan<int> rows, float[] labels, float[] scores, float[]? weights, double share)
    {
        float[] values = ArrayPool<float>.Shared.Rent(rows.Length), room = ArrayPool<float>.Shared.Rent(rows.Length);
        Span<float> residuals = values.AsSpan(0, rows.Length), others = room.AsSpan(0, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            residuals[i] = labels[rows[i]] - scores[rows[i]];
            if (weights is not null) others[i] = weights[rows[i]];
        }
        double value = weights is null ? Of(residuals, others, share) : Weighted(residuals, others, share);
        ArrayPool<float>.Shared.Return(values);
        ArrayPool<float>.Shared.Return(room);
        return value;
    }

    /// <summary>The value that a share of the values lies below: between neighbours in proportion.</summary>
    internal static double Of(Span<float> values, Span<float> room, double share)
    {
        if (values.Length == 0) return 0;
        FloatSort.Sort(values, room);
        double place = share * (values.Length - 1);
        int below = (int)place;
        return below + 1 < values.Length ? values[below] + (place - below) * (values[below + 1] - values[below]) : values[below];
    }

    /// <summary>The least value at which the weights reach a share of their sum.</summary>
    internal static double Weighted(Span<float> values, Span<float> weights, double share)
    {
        if (values.Length == 0) return 0;
        values.Sort(weights);
        double total = 0, sum = 0;
        foreach (float weight in weights) total += weight;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= share * total) return values[i];
        }
        return values[^1];
    }
}
