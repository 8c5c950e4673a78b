using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// A linear model of several classes with 8-bit weights: score of class k = bias k + Σ x j · scale j · weight j,k, and the scores,
/// times an inverse temperature, go through a softmax, so that they are probabilities. A fourth of the memory of single
/// precision, and as much faster where memory is the limit.
/// </summary>
/// <remarks>The inverse temperature calibrates: Guo et al., "On Calibration of Modern Neural Networks" (2017), section 4.2.</remarks>
public sealed class QuantizedLinearModel : IScoringModel
{
    private const int Lanes = 16;

    private readonly sbyte[] _weights;
    private readonly float[] _scales;
    private readonly float[] _biases;
    private readonly int _stride;

    /// <param name="weights">Feature-major: the weights of a feature for all classes stand together.</param>
    /// <param name="scales">What one step of a weight is worth, per feature.</param>
    /// <param name="biases">One per class.</param>
    /// <param name="inverseTemperature">What margins are multiplied by before the softmax; above 0.</param>
    internal QuantizedLinearModel(ReadOnlySpan<sbyte> weights, float[] scales, float[] biases, float inverseTemperature)
    {
        if (biases.Length < 2 || (long)scales.Length * biases.Length != weights.Length)
            throw new ArgumentException($"{scales.Length} features × {biases.Length} classes need as many weights; found {weights.Length}.", nameof(weights));
        if (!(inverseTemperature > 0) || !float.IsFinite(inverseTemperature))
            throw new ArgumentOutOfRangeException(nameof(inverseTemperature), inverseTemperature, "The inverse temperature is a number above 0.");
        (_scales, InverseTemperature) = (scales, inverseTemperature);
        _stride = (biases.Length + Lanes - 1) / Lanes * Lanes;
        _biases = new float[_stride];
        biases.CopyTo(_biases, 0);
        ScoreCount = biases.Length;
        _weights = GC.AllocateArray<sbyte>(checked(scales.Length * _stride), pinned: false);
        for (int feature = 0; feature < scales.Length; feature++)
            weights.Slice(feature * ScoreCount, ScoreCount).CopyTo(_weights.AsSpan(feature * _stride));
    }

    public string TypeId => "quantized-linear";

    public int FeatureCount => _scales.Length;

    public int ScoreCount { get; }

    public float InverseTemperature { get; }

    /// <summary>Rounds single-precision weights, feature-major, to 8 bits with a scale per feature.</summary>
    internal static QuantizedLinearModel Quantize(ReadOnlySpan<float> weights, float[] biases, float inverseTemperature)
    {
        int classes = biases.Length, features = weights.Length / classes;
        sbyte[] rounded = new sbyte[weights.Length];
        float[] scales = new float[features];
        for (int feature = 0; feature < features; feature++)
        {
            ReadOnlySpan<float> row = weights.Slice(feature * classes, classes);
            float largest = TensorPrimitives.MaxMagnitude(row);
            scales[feature] = MathF.Abs(largest) / sbyte.MaxValue;
            if (scales[feature] == 0) continue;
            for (int k = 0; k < classes; k++) rounded[feature * classes + k] = (sbyte)MathF.Round(row[k] / scales[feature]);
        }
        return new QuantizedLinearModel(rounded, scales, biases, inverseTemperature);
    }

    /// <summary>The contribution that one feature of value 1 makes to the margin of one class.</summary>
    internal float WeightOf(int feature, int label) => _weights[feature * _stride + label] * _scales[feature];

    public void Score(RowVector<float> features, Span<float> scores)
    {
        Margins(features, scores);
        TensorPrimitives.Multiply(scores, InverseTemperature, scores);
        Softmax.Apply(scores);
    }

    /// <summary>The scores before the softmax.</summary>
    [SkipLocalsInit]
    internal void Margins(RowVector<float> features, Span<float> margins)
    {
        if (features.Length != FeatureCount) throw new ArgumentException($"A vector of {features.Length} items found, expected {FeatureCount}.", nameof(features));
        // Five accumulators stay in registers while the features of the row go by.
        Span<float> part = stackalloc float[5 * Lanes];
        for (int block = 0; block < ScoreCount; block += part.Length)
        {
            int width = Math.Min(_stride - block, part.Length);
            AddBlock(features, block, width, part);
            part[..Math.Min(width, ScoreCount - block)].CopyTo(margins[block..]);
        }
    }

    private void AddBlock(RowVector<float> features, int block, int width, Span<float> target)
    {
        ref sbyte weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), block);
        ref float bias = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_biases), block);
        Vector512<float> a = Vector512.LoadUnsafe(ref bias), b = default, c = default, d = default, e = default;
        if (width > Lanes) b = Vector512.LoadUnsafe(ref bias, Lanes);
        if (width > 2 * Lanes) c = Vector512.LoadUnsafe(ref bias, 2 * Lanes);
        if (width > 3 * Lanes) d = Vector512.LoadUnsafe(ref bias, 3 * Lanes);
        if (width > 4 * Lanes) e = Vector512.LoadUnsafe(ref bias, 4 * Lanes);
        ReadOnlySpan<float> values = features.Values;
        ReadOnlySpan<int> indices = features.Indices;
        for (int i = 0; i < values.Length; i++)
        {
            int feature = features.IsDense ? i : indices[i];
            float value = values[i] * _scales[feature];
            if (value == 0) continue;
            var x = Vector512.Create(value);
            ref sbyte row = ref Unsafe.Add(ref weights, (nint)feature * _stride);
            a = Vector512.FusedMultiplyAdd(x, Widen(ref row), a);
            if (width > Lanes) b = Vector512.FusedMultiplyAdd(x, Widen(ref Unsafe.Add(ref row, Lanes)), b);
            if (width > 2 * Lanes) c = Vector512.FusedMultiplyAdd(x, Widen(ref Unsafe.Add(ref row, 2 * Lanes)), c);
            if (width > 3 * Lanes) d = Vector512.FusedMultiplyAdd(x, Widen(ref Unsafe.Add(ref row, 3 * Lanes)), d);
            if (width > 4 * Lanes) e = Vector512.FusedMultiplyAdd(x, Widen(ref Unsafe.Add(ref row, 4 * Lanes)), e);
        }
        a.CopyTo(target);
        if (width > Lanes) b.CopyTo(target[Lanes..]);
        if (width > 2 * Lanes) c.CopyTo(target[(2 * Lanes)..]);
        if (width > 3 * Lanes) d.CopyTo(target[(3 * Lanes)..]);
        if (width > 4 * Lanes) e.CopyTo(target[(4 * Lanes)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Widen(ref sbyte weights)
    {
        Vector128<sbyte> bytes = Vector128.LoadUnsafe(ref weights);
        return Avx512F.IsSupported ? Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(bytes)) : WidenAnywhere(bytes);
    }

    /// <summary>What every machine has instructions for; the sum of products is the same either way.</summary>
    internal static Vector512<float> WidenAnywhere(Vector128<sbyte> bytes)
    {
        (Vector128<short> low, Vector128<short> high) = Vector128.Widen(bytes);
        (Vector128<int> i0, Vector128<int> i1) = Vector128.Widen(low);
        (Vector128<int> i2, Vector128<int> i3) = Vector128.Widen(high);
        return Vector512.ConvertToSingle(Vector512.Create(Vector256.Create(i0, i1), Vector256.Create(i2, i3)));
    }

    public void Save(ModelStepWriter writer)
    {
        sbyte[] weights = new sbyte[FeatureCount * ScoreCount];
        for (int feature = 0; feature < FeatureCount; feature++)
            _weights.AsSpan(feature * _stride, ScoreCount).CopyTo(weights.AsSpan(feature * ScoreCount));
        writer.Set("inverseTemperature", InverseTemperature);
        writer.WriteArray<sbyte>("weights", weights, FeatureCount, ScoreCount);
        writer.WriteArray<float>("scales", _scales, FeatureCount);
        writer.WriteArray<float>("biases", _biases.AsSpan(0, ScoreCount), ScoreCount);
    }

    internal static QuantizedLinearModel Load(ModelStepReader reader)
    {
        float[] scales = reader.ReadArray<float>("scales", -1), biases = reader.ReadArray<float>("biases", -1);
        return new(reader.ReadArray<sbyte>("weights", scales.Length, biases.Length), scales, biases, (float)reader.GetDouble("inverseTemperature"));
    }
}
