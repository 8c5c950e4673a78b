using System.Runtime.CompilerServices;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>One sparse row under construction: weighted counts of identifiers, one part after the other.</summary>
internal sealed class FeatureRow
{
    private int[] _indices = new int[64];
    private float[] _values = new float[64];
    private int _count;

    /// <summary>Adds a part: how often each identifier occurs, weighted, and the part scaled to a norm of 1.</summary>
    /// <param name="features">The occurrences; they are sorted here.</param>
    /// <param name="offset">The slot of identifier 0.</param>
    /// <param name="weights">What to make of the counts.</param>
    /// <param name="norm">The norm of the part; <see langword="null"/> to leave it unscaled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Append(FeatureList features, int offset, NgramWeights weights, LpNormNormalizingEstimatorBase.NormFunction? norm)
    {
        features.Sort();
        ReadOnlySpan<int> sorted = features.Items;
        if (_indices.Length < _count + sorted.Length)
        {
            Array.Resize(ref _indices, Math.Max(_count + sorted.Length, _indices.Length * 2));
            Array.Resize(ref _values, _indices.Length);
        }
        int start = _count, end = _count;
        for (int i = 0; i < sorted.Length;)
        {
            int feature = sorted[i], first = i;
            while (++i < sorted.Length && sorted[i] == feature) { }
            float value = weights.Apply(i - first, feature);
            // A weight can be 0: that of an n-gram that every text has.
            if (value == 0) continue;
            _indices[end] = offset + feature;
            _values[end++] = value;
        }
        _count = end;
        if (norm is { } function) LpNorm.Normalize(_values.AsSpan(start, end - start), end - start, function);
    }

    /// <summary>Moves the row to the end of a column.</summary>
    internal void MoveTo(VectorColumn<float> column)
    {
        column.Append(_indices.AsSpan(0, _count), _values.AsSpan(0, _count));
        _count = 0;
    }
}
