namespace MLPipelines.Trainers;

/// <summary>
/// A field-aware factorization machine: score = Σ w_j x_j + Σ_{i&lt;j} (v_{i,f(j)} · v_{j,f(i)}) x_i x_j, with f(i) the field of feature i. The probability is 1 / (1 + e^−score). Immutable.
/// </summary>
public sealed class FieldAwareFactorizationMachineModelParameters
{
    private readonly int[] _sizes;
    private readonly float[] _linear;
    private readonly float[] _latent;

    /// <param name="sizes">How many features each field has.</param>
    /// <param name="dimension">How many latent numbers a feature has for each field.</param>
    /// <param name="linear">The weight of each feature.</param>
    /// <param name="latent">The latent numbers: feature, field, dimension.</param>
    /// <param name="isNormalized">Whether examples are made to have length 1.</param>
    internal FieldAwareFactorizationMachineModelParameters(int[] sizes, int dimension, float[] linear, float[] latent, bool isNormalized)
    {
        if (!LinearWeights.AreFinite(linear) || !LinearWeights.AreFinite(latent)) throw LinearWeights.NotFinite();
        (_sizes, LatentDimension, _linear, _latent, IsNormalized) = (sizes, dimension, linear, latent, isNormalized);
    }

    /// <summary>The number of fields: feature columns.</summary>
    public int FieldCount => _sizes.Length;

    /// <summary>The number of features of all fields.</summary>
    public int FeatureCount => _linear.Length;

    /// <summary>How many latent numbers a feature has for each field.</summary>
    public int LatentDimension { get; }

    internal bool IsNormalized { get; }

    internal IReadOnlyList<int> Sizes => _sizes;

    /// <summary>The weight of each feature.</summary>
    public IReadOnlyList<float> GetLinearWeights() => _linear;

    /// <summary>The latent numbers: feature, field, dimension.</summary>
    public IReadOnlyList<float> GetLatentWeights() => _latent;

    internal void CopyTo(Span<float> linear, Span<float> latent)
    {
        _linear.CopyTo(linear);
        _latent.CopyTo(latent);
    }

    internal FieldExample CreateExample() => new(_sizes, LatentDimension);

    internal float Score(FieldExample example)
    {
        if (IsNormalized) example.Normalize();
        return example.Score(_linear, _latent);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("field-sizes", _sizes);
        writer.Set("dimension", LatentDimension);
        writer.Set("normalized", IsNormalized);
        writer.WriteArray<float>("linear", _linear, _linear.Length);
        writer.WriteArray<float>("latent", _latent, _linear.Length, _sizes.Length, LatentDimension);
    }

    internal static FieldAwareFactorizationMachineModelParameters Load(ModelStepReader reader)
    {
        int[] sizes = [.. reader.GetInt32s("field-sizes")];
        int dimension = reader.GetInt32("dimension");
        if (sizes.Length == 0 || sizes.Any(size => size <= 0) || dimension <= 0) throw reader.Invalid("its fields or its dimension are not above 0");
        float[] linear = reader.ReadArray<float>("linear", sizes.Sum()), latent = reader.ReadArray<float>("latent", sizes.Sum(), sizes.Length, dimension);
        return LinearWeights.AreFinite(linear) && LinearWeights.AreFinite(latent)
            ? new FieldAwareFactorizationMachineModelParameters(sizes, dimension, linear, latent, reader.GetBoolean("normalized")) : throw reader.Invalid("its weights are not all finite numbers");
    }
}
