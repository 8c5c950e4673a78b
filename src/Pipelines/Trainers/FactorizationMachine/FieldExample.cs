using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>One example with features in several fields, and what is computed of it. It owns its memory and serves one reader.</summary>
/// <param name="sizes">How many features each field has.</param>
/// <param name="dimension">How many latent numbers a feature has for each field.</param>
internal sealed class FieldExample(int[] sizes, int dimension)
{
    private readonly int[] _features = new int[sizes.Sum()];
    private readonly int[] _fields = new int[sizes.Sum()];
    private readonly float[] _values = new float[sizes.Sum()];
    private readonly float[] _sums = new float[sizes.Length * sizes.Length * dimension];
    private int _count;
    private int _field;
    private int _start;

    /// <summary>The features that are not 0.</summary>
    internal int Count => _count;

    internal int FieldCount => sizes.Length;

    /// <summary>The feature at a place, counted over all fields.</summary>
    internal int FeatureAt(int place) => _features[place];

    internal int FieldAt(int place) => _fields[place];

    internal float ValueAt(int place) => _values[place];

    /// <summary>The sum over the features of a field of value times the latent numbers that they have for another.</summary>
    internal ReadOnlySpan<float> SumOf(int field, int other) => _sums.AsSpan((field * sizes.Length + other) * dimension, dimension);

    internal void Clear() => (_count, _field, _start) = (0, 0, 0);

    /// <summary>Adds the features of the next field.</summary>
    internal void Add(RowVector<float> features)
    {
        for (int i = 0; i < features.Values.Length; i++)
        {
            if (features.Values[i] == 0) continue;
            (_features[_count], _fields[_count], _values[_count]) = (_start + (features.IsDense ? i : features.Indices[i]), _field, features.Values[i]);
            _count++;
        }
        _start += sizes[_field++];
    }

    /// <summary>Makes the length of the values of all fields together 1.</summary>
    internal void Normalize()
    {
        Span<float> values = _values.AsSpan(0, _count);
        float norm = TensorPrimitives.Norm<float>(values);
        if (norm > 0) TensorPrimitives.Divide(values, norm, values);
    }

    /// <summary>The score with some weights; the sums are kept for a step.</summary>
    internal float Score(ReadOnlySpan<float> linear, ReadOnlySpan<float> latent)
    {
        int fields = sizes.Length;
        Array.Clear(_sums);
        float score = 0, squares = 0;
        for (int i = 0; i < _count; i++)
        {
            float value = _values[i];
            score += linear[_features[i]] * value;
            for (int other = 0; other < fields; other++)
            {
                ReadOnlySpan<float> numbers = latent.Slice((_features[i] * fields + other) * dimension, dimension);
                Span<float> sum = _sums.AsSpan((_fields[i] * fields + other) * dimension, dimension);
                TensorPrimitives.MultiplyAdd(numbers, value, sum, sum);
                if (other == _fields[i]) squares += value * value * TensorPrimitives.SumOfSquares(numbers);
            }
        }
        // Pairs within a field are those of all with all, less each with itself, halved.
        for (int field = 0; field < fields; field++)
        {
            score += 0.5f * TensorPrimitives.SumOfSquares(SumOf(field, field));
            for (int other = field + 1; other < fields; other++) score += TensorPrimitives.Dot(SumOf(field, other), SumOf(other, field));
        }
        return score - 0.5f * squares;
    }
}
