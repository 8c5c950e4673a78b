using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>What features contribute to linear functions: weight · value. What they are added to is the bias.</summary>
internal sealed class LinearContributions : FeatureContributionCalculator
{
    private readonly float[] _weights;

    /// <param name="weights">(scores, features), row-major.</param>
    /// <param name="biases">One per score.</param>
    internal LinearContributions(float[] weights, IReadOnlyList<double> biases) : base(weights.Length / biases.Count, biases) => _weights = weights;

    internal override ContributionKernel CreateKernel() => Compute;

    private void Compute(RowVector<float> features, Span<float> contributions)
    {
        LinearWeights.CheckLength(features, FeatureCount);
        contributions.Clear();
        for (int start = 0; start < contributions.Length; start += FeatureCount)
        {
            if (features.IsDense) TensorPrimitives.Multiply(features.Values, _weights.AsSpan(start, FeatureCount), contributions.Slice(start, FeatureCount));
            else for (int i = 0; i < features.Values.Length; i++) contributions[start + features.Indices[i]] = features.Values[i] * _weights[start + features.Indices[i]];
        }
    }
}
