using System.Globalization;
using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>Squared lengths of feature vectors, with 1 added for the bias.</summary>
internal static class RowNorms
{
    /// <exception cref="MLPipelinesException">A length is not finite in single precision.</exception>
    internal static float[] WithBias(FeatureMatrix features)
    {
        float[] norms = new float[features.RowCount];
        for (int row = 0; row < norms.Length; row++)
        {
            norms[row] = TensorPrimitives.SumOfSquares(features[row].Values) + 1;
            if (!float.IsFinite(norms[row])) throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"Example {row}: the feature values are so large that the sum of their squares overflows. Normalize the features (NormalizeMinMax, NormalizeMeanVariance)."));
        }
        return norms;
    }
}
