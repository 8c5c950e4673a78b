using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>A linear model that predicts a number.</summary>
public abstract class RegressionModelParameters : LinearModelParameters
{
    private protected RegressionModelParameters(float[] weights, float bias) : base(weights, bias) { }
}

/// <summary>A linear model of a number: the score is the prediction.</summary>
public sealed class LinearRegressionModelParameters : RegressionModelParameters
{
    internal LinearRegressionModelParameters(float[] weights, float bias) : base(weights, bias) { }

    public override string TypeId => "linear-regression";

    internal static LinearRegressionModelParameters Load(ModelStepReader reader)
    {
        var (weights, bias) = Read(reader);
        return new LinearRegressionModelParameters(weights, bias);
    }
}

/// <summary>A linear model of the logarithm of a mean: the score is exp(bias + Σ weightⱼ · featureⱼ).</summary>
public sealed class PoissonRegressionModelParameters : RegressionModelParameters
{
    internal PoissonRegressionModelParameters(float[] weights, float bias) : base(weights, bias) { }

    public override string TypeId => "poisson-regression";

    public override void Score(RowVector<float> features, Span<float> scores)
    {
        base.Score(features, scores);
        // What is too large for a number is the largest number.
        scores[0] = MathF.Min(MathF.Exp(scores[0]), float.MaxValue);
    }

    internal static PoissonRegressionModelParameters Load(ModelStepReader reader)
    {
        var (weights, bias) = Read(reader);
        return new PoissonRegressionModelParameters(weights, bias);
    }
}
