using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>One weight per feature and a bias: score = bias + Σ weightⱼ · featureⱼ. Immutable.</summary>
public abstract class LinearModelParameters : ICalculateFeatureContribution, IFeatureWeights
{
    private readonly float[] _weights;

    private protected LinearModelParameters(float[] weights, float bias)
    {
        if (!float.IsFinite(bias) || !LinearWeights.AreFinite(weights)) throw LinearWeights.NotFinite();
        (_weights, Bias) = (weights, bias);
    }

    /// <summary>One per feature.</summary>
    public IReadOnlyList<float> Weights => _weights;

    public float Bias { get; }

    public abstract string TypeId { get; }

    public int FeatureCount => _weights.Length;

    public int ScoreCount => 1;

    internal ReadOnlySpan<float> WeightSpan => _weights;

    float IFeatureWeights.WeightOf(int feature) => _weights[feature];

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new LinearContributions(_weights, [Bias]);

    public virtual void Score(RowVector<float> features, Span<float> scores)
    {
        LinearWeights.CheckLength(features, FeatureCount);
        scores[0] = LinearScores.Dot(features, _weights) + Bias;
    }

    public virtual void Save(ModelStepWriter writer)
    {
        writer.Set("bias", Bias);
        writer.WriteArray<float>("weights", _weights, _weights.Length);
    }

    private protected static (float[] Weights, float Bias) Read(ModelStepReader reader)
    {
        float[] weights = reader.ReadArray<float>("weights", -1);
        float bias = (float)reader.GetDouble("bias");
        return float.IsFinite(bias) && LinearWeights.AreFinite(weights) ? (weights, bias) : throw reader.Invalid("its weights are not all finite numbers");
    }
}

/// <summary>A linear model of two classes: the prediction is true where the score is above 0.</summary>
public sealed class LinearBinaryModelParameters : LinearModelParameters
{
    internal LinearBinaryModelParameters(float[] weights, float bias, ModelStatisticsBase? statistics = null) : base(weights, bias) => Statistics = statistics;

    /// <summary>How well the model fits, and how certain its weights are, where the trainer was asked for it.</summary>
    public ModelStatisticsBase? Statistics { get; }

    public override string TypeId => "linear-binary";

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        if (Statistics is null) return;
        writer.Set("has-statistics", value: true);
        Statistics.Save(writer.Section("statistics"));
    }

    internal static LinearBinaryModelParameters Load(ModelStepReader reader)
    {
        var (weights, bias) = Read(reader);
        return new LinearBinaryModelParameters(weights, bias,
            reader.Has("has-statistics") ? ModelStatisticsBase.Load(reader.Section("statistics"), weights, bias) : null);
    }
}
