using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// How many examples each class has, and how many of them have each feature. The score of class k is
/// log(nₖ / n) + Σ over the features that are there log pₖⱼ + Σ over the others log(1 − pₖⱼ), with pₖⱼ = (nₖⱼ + 1) / (nₖ + 2). Immutable.
/// </summary>
public sealed class NaiveBayesMulticlassModelParameters : IScoringModel
{
    private readonly long[] _labels;
    private readonly long[] _there;
    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly int _stride;

    /// <param name="labels">The examples of each class.</param>
    /// <param name="there">Class after class, how many of its examples have each feature.</param>
    /// <param name="featureCount">The number of features.</param>
    internal NaiveBayesMulticlassModelParameters(long[] labels, long[] there, int featureCount)
    {
        (_labels, _there, FeatureCount, _stride) = (labels, there, featureCount, ClassStride.For(labels.Length));
        (_weights, _biases) = (new float[checked(featureCount * _stride)], new float[_stride]);
        double total = labels.Sum();
        for (int k = 0; k < labels.Length; k++)
        {
            if (labels[k] == 0)
            {
                _biases[k] = ExampleWeights.AbsentBias;
                continue;
            }
            // All features absent, and what each of them changes by being there.
            double bias = Math.Log(labels[k] / total);
            for (int j = 0; j < featureCount; j++)
            {
                double have = there[k * featureCount + j] + 1, lack = labels[k] + 2 - have;
                bias += Math.Log(lack / (labels[k] + 2));
                _weights[j * _stride + k] = (float)Math.Log(have / lack);
            }
            _biases[k] = (float)bias;
        }
    }

    public string TypeId => "naive-bayes";

    public int FeatureCount { get; }

    public int ScoreCount => _labels.Length;

    /// <summary>The number of examples of each class.</summary>
    public IReadOnlyList<long> GetLabelHistogramLong() => _labels;

    /// <summary>For each class, how many of its examples have each feature.</summary>
    public IReadOnlyList<IReadOnlyList<long>> GetFeatureHistogramLong() =>
        [.. Enumerable.Range(0, _labels.Length).Select(k => _there.AsSpan(k * FeatureCount, FeatureCount).ToArray())];

    /// <summary>What each feature adds by being there, feature-major, and what each class has where none is there.</summary>
    internal (float[] Weights, float[] Biases) ToLinear()
    {
        float[] weights = new float[FeatureCount * ScoreCount];
        for (int j = 0; j < FeatureCount; j++) _weights.AsSpan(j * _stride, ScoreCount).CopyTo(weights.AsSpan(j * ScoreCount));
        return (weights, _biases[..ScoreCount]);
    }

    public void Score(RowVector<float> features, Span<float> scores)
    {
        LinearWeights.CheckLength(features, FeatureCount);
        scores = scores[..ScoreCount];
        _biases.AsSpan(0, ScoreCount).CopyTo(scores);
        for (int i = 0; i < features.Values.Length; i++)
        {
            if (!(features.Values[i] > 0)) continue;
            ReadOnlySpan<float> weights = _weights.AsSpan((features.IsDense ? i : features.Indices[i]) * _stride, scores.Length);
            System.Numerics.Tensors.TensorPrimitives.Add(scores, weights, scores);
        }
    }

    public void Save(ModelStepWriter writer)
    {
        writer.WriteArray<long>("labels", _labels, _labels.Length);
        writer.WriteArray<long>("features", _there, _labels.Length, FeatureCount);
    }

    internal static NaiveBayesMulticlassModelParameters Load(ModelStepReader reader)
    {
        long[] labels = reader.ReadArray<long>("labels", -1), there = reader.ReadArray<long>("features", labels.Length, -1);
        if (labels.Length < 1 || !Array.Exists(labels, count => count > 0)) throw reader.Invalid("it has no class with examples");
        int features = there.Length / labels.Length;
        for (int i = 0; i < there.Length; i++)
            if (there[i] < 0 || there[i] > labels[i / features]) throw reader.Invalid($"class {i / features} has feature {i % features} in {there[i]} of {labels[i / features]} examples");
        if (Array.Exists(labels, count => count < 0)) throw reader.Invalid("a class has less than no examples");
        return new NaiveBayesMulticlassModelParameters(labels, there, features);
    }
}
