using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>One linear function per class. Immutable; weights are kept side by side per feature, so that scoring is fast.</summary>
public abstract class LinearMulticlassModelParametersBase : ICalculateFeatureContribution
{
    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly int _stride;

    /// <param name="weights">Feature-major with the stride of <see cref="ClassStride"/>.</param>
    /// <param name="biases">One per class.</param>
    /// <param name="featureCount">The number of features.</param>
    private protected LinearMulticlassModelParametersBase(float[] weights, ReadOnlySpan<float> biases, int featureCount)
    {
        _stride = ClassStride.For(biases.Length);
        if ((long)_stride * featureCount != weights.Length)
            throw new ArgumentException($"{featureCount} features × {_stride} weights expected, {weights.Length} found.", nameof(weights));
        if (!LinearWeights.AreFinite(weights) || !LinearWeights.AreFinite(biases)) throw LinearWeights.NotFinite();
        (_weights, FeatureCount, ScoreCount) = (weights, featureCount, biases.Length);
        _biases = new float[_stride];
        biases.CopyTo(_biases);
    }

    public abstract string TypeId { get; }

    public int FeatureCount { get; }

    public int ScoreCount { get; }

    public abstract void Score(RowVector<float> features, Span<float> scores);

    /// <summary>Copies the weights of each class.</summary>
    /// <param name="weights">One vector per class, each with one weight per feature; reused where large enough.</param>
    /// <param name="numClasses">The number of classes.</param>
    public void GetWeights(ref VBuffer<float>[] weights, out int numClasses)
    {
        numClasses = ScoreCount;
        if (weights is null || weights.Length < numClasses) Array.Resize(ref weights, numClasses);
        for (int k = 0; k < numClasses; k++)
        {
            var editor = VBufferEditor.Create(ref weights[k], FeatureCount);
            for (int j = 0; j < FeatureCount; j++) editor.Values[j] = _weights[j * _stride + k];
            weights[k] = editor.Commit();
        }
    }

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator
    {
        get
        {
            float[] weights = new float[ScoreCount * FeatureCount];
            for (int k = 0; k < ScoreCount; k++)
                for (int j = 0; j < FeatureCount; j++) weights[k * FeatureCount + j] = _weights[j * _stride + k];
            return new LinearContributions(weights, [.. GetBiases()]);
        }
    }

    /// <summary>The weights, feature-major.</summary>
    internal float[] CopyOfWeights() => [.. _weights];

    /// <summary>The bias of each class. A class that had no example has −10³⁰: it is never predicted.</summary>
    public IEnumerable<float> GetBiases() => _biases.Take(ScoreCount);

    private protected void ComputeLinear(RowVector<float> features, Span<float> scores)
    {
        LinearWeights.CheckLength(features, FeatureCount);
        LinearScores.Compute(features, _weights, _stride, _biases, scores[..ScoreCount]);
    }

    public void Save(ModelStepWriter writer)
    {
        float[] weights = new float[FeatureCount * ScoreCount];
        for (int j = 0; j < FeatureCount; j++) _weights.AsSpan(j * _stride, ScoreCount).CopyTo(weights.AsSpan(j * ScoreCount));
        writer.WriteArray<float>("weights", weights, FeatureCount, ScoreCount);
        writer.WriteArray<float>("biases", _biases.AsSpan(0, ScoreCount), ScoreCount);
    }

    private protected static (float[] Weights, float[] Biases, int FeatureCount) Read(ModelStepReader reader)
    {
        float[] biases = reader.ReadArray<float>("biases", -1), stored = reader.ReadArray<float>("weights", -1, biases.Length);
        if (biases.Length < 2) throw reader.Invalid($"it has {biases.Length} classes, expected at least 2");
        if (!LinearWeights.AreFinite(stored) || !LinearWeights.AreFinite(biases)) throw reader.Invalid("its weights are not all finite numbers");
        int stride = ClassStride.For(biases.Length), features = stored.Length / biases.Length;
        if (stride == biases.Length) return (stored, biases, features);
        float[] weights = new float[checked(features * stride)];
        for (int j = 0; j < features; j++) stored.AsSpan(j * biases.Length, biases.Length).CopyTo(weights.AsSpan(j * stride));
        return (weights, biases, features);
    }
}

/// <summary>A linear function per class, whose scores are as they come out.</summary>
public sealed class LinearMulticlassModelParameters : LinearMulticlassModelParametersBase
{
    internal LinearMulticlassModelParameters(float[] weights, ReadOnlySpan<float> biases, int featureCount) : base(weights, biases, featureCount) { }

    public override string TypeId => "linear-multiclass";

    public override void Score(RowVector<float> features, Span<float> scores) => ComputeLinear(features, scores);

    internal static LinearMulticlassModelParameters Load(ModelStepReader reader)
    {
        var (weights, biases, features) = Read(reader);
        return new LinearMulticlassModelParameters(weights, biases, features);
    }
}

/// <summary>
/// A maximum entropy model (multinomial logistic regression): a linear function per class, and a softmax that makes the scores
/// probabilities, which sum to 1.
/// </summary>
public sealed class MaximumEntropyModelParameters : LinearMulticlassModelParametersBase
{
    internal MaximumEntropyModelParameters(float[] weights, ReadOnlySpan<float> biases, int featureCount) : base(weights, biases, featureCount) { }

    public override string TypeId => "maximum-entropy";

    public override void Score(RowVector<float> features, Span<float> scores)
    {
        ComputeLinear(features, scores);
        Softmax.Apply(scores[..ScoreCount]);
    }

    internal static MaximumEntropyModelParameters Load(ModelStepReader reader)
    {
        var (weights, biases, features) = Read(reader);
        return new MaximumEntropyModelParameters(weights, biases, features);
    }
}
