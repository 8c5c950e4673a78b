using System.Numerics.Tensors;

namespace MLPipelines.Transforms;

/// <summary>Leaves the largest contributions of a row, of either sign, and brings them to a common scale. Serves one reader.</summary>
/// <param name="positive">How many positive ones are left.</param>
/// <param name="negative">How many negative ones are left.</param>
/// <param name="normalize">Whether the largest of them becomes 1 or -1.</param>
internal sealed class ContributionSelection(int positive, int negative, bool normalize)
{
    private float[] _sizes = [];

    internal void Apply(Span<float> contributions)
    {
        Keep(contributions, positive, sign: 1);
        Keep(contributions, negative, sign: -1);
        float largest = normalize ? TensorPrimitives.MaxMagnitude<float>(contributions) : 0;
        if (largest != 0) TensorPrimitives.Divide(contributions, MathF.Abs(largest), contributions);
    }

    /// <summary>Leaves the largest ones of a sign; of equal ones those that come first.</summary>
    private void Keep(Span<float> contributions, int count, float sign)
    {
        if (count >= contributions.Length) return;
        if (_sizes.Length < contributions.Length) _sizes = new float[contributions.Length];
        int found = 0;
        foreach (float contribution in contributions)
            if (contribution * sign > 0) _sizes[found++] = contribution * sign;
        if (found <= count) return;
        Span<float> sizes = _sizes.AsSpan(0, found);
        sizes.Sort();
        float least = count == 0 ? float.PositiveInfinity : sizes[^count];
        int equal = count - (found - sizes.LastIndexOf(least) - 1);
        foreach (ref float contribution in contributions)
        {
            float size = contribution * sign;
            if (size <= 0 || size > least || (size == least && equal-- > 0)) continue;
            contribution = 0;
        }
    }
}
