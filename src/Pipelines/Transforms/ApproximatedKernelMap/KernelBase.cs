using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// A similarity of two vectors that depends on their difference only, to be approximated by
/// <see cref="ApproximatedKernelMappingEstimator"/>: a distance, and the distribution of the frequencies that its Fourier
/// transform is (Bochner's theorem).
/// </summary>
public abstract class KernelBase
{
    private protected KernelBase() { }

    internal abstract float Distance(ReadOnlySpan<float> first, ReadOnlySpan<float> second);

    /// <summary>Draws one coordinate of a frequency.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="typicalDistance">The distance that counts as 1.</param>
    internal abstract float NextFrequency(TauswortheRandom random, float typicalDistance);

    private protected static float Positive(float value, string name) =>
        value > 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "Expected a number above 0.");
}

/// <summary>exp(−gamma · ‖x − y‖² / r), where r is the median of ‖x − y‖² over pairs of rows. Frequencies are normally distributed.</summary>
public sealed class GaussianKernel : KernelBase
{
    private readonly float _gamma;

    /// <param name="gamma">How fast the similarity falls: above 0.</param>
    public GaussianKernel(float gamma = 1) => _gamma = Positive(gamma, nameof(gamma));

    internal override float Distance(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        float distance = TensorPrimitives.Distance(first, second);
        return distance * distance;
    }

    internal override float NextFrequency(TauswortheRandom random, float typicalDistance) => (float)random.NextNormal() * MathF.Sqrt(2 * (_gamma / typicalDistance));
}

/// <summary>exp(−a · ‖x − y‖₁ / r), where r is the median of ‖x − y‖₁ over pairs of rows. Frequencies follow a Cauchy distribution.</summary>
public sealed class LaplacianKernel : KernelBase
{
    private readonly float _a;

    /// <param name="a">How fast the similarity falls: above 0.</param>
    public LaplacianKernel(float a = 1) => _a = Positive(a, nameof(a));

    internal override float Distance(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        float sum = 0;
        for (int i = 0; i < first.Length; i++) sum += Math.Abs(first[i] - second[i]);
        return sum;
    }

    internal override float NextFrequency(TauswortheRandom random, float typicalDistance) => _a / typicalDistance * random.NextCauchy();
}
