using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>What every linear model checks.</summary>
internal static class LinearWeights
{
    /// <summary>A sum of magnitudes is finite only if all are; that of finite weights cannot overflow in double precision.</summary>
    internal static bool AreFinite(ReadOnlySpan<float> weights)
    {
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(weights))) return true;
        foreach (float weight in weights)
            if (!float.IsFinite(weight)) return false;
        return true;
    }

    internal static MLPipelinesException NotFinite() => new(
        "The training diverged: the weights are not finite numbers. Normalize the features (NormalizeMinMax, NormalizeMeanVariance) or regularize more.");

    internal static void CheckLength(RowVector<float> features, int expected)
    {
        if (features.Length != expected)
            throw new ArgumentException($"A feature vector of {features.Length} items found, expected {expected}.", nameof(features));
    }
}
