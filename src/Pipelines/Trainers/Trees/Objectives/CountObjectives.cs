using System.Numerics.Tensors;

namespace MLPipelines.Trainers.Trees;

/// <summary>The base of losses of positive amounts: the score is the logarithm of the mean.</summary>
internal abstract class LogMeanObjective : BoostingObjective
{
    public override string? LabelProblem(float label) => label >= 0 ? null : "a number of at least 0";

    public override double[] InitialScores(BoostingSet rows) => [Math.Log(Math.Max(LabelStatistics.Mean(rows), 1e-10))];
}

/// <summary>e^score − label · score: counts (Poisson).</summary>
/// <param name="caution">
/// The hessian is that at a score this much greater, so that a leaf whose counts are far above the mean does not jump too far: its step is less than e^−caution times their ratio.
/// </param>
internal sealed class PoissonObjective(double caution = 0.7) : LogMeanObjective
{
    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        TensorPrimitives.Exp(scores, hessians);
        TensorPrimitives.Subtract(hessians, labels, gradients);
        TensorPrimitives.Multiply(hessians, (float)Math.Exp(caution), hessians);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++) sum += Math.Exp(scores[i]) - (double)labels[i] * scores[i];
        return sum;
    }
}

/// <summary>score + label · e^−score: amounts above 0 whose spread grows with their mean (gamma).</summary>
internal sealed class GammaObjective : LogMeanObjective
{
    public override string? LabelProblem(float label) => label > 0 ? null : "a number above 0";

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        TensorPrimitives.Negate(scores, hessians);
        TensorPrimitives.Exp(hessians, hessians);
        TensorPrimitives.Multiply(hessians, labels, hessians);
        TensorPrimitives.Subtract(1f, hessians, gradients);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++) sum += scores[i] + labels[i] * Math.Exp(-scores[i]);
        return sum;
    }
}

/// <summary>e^((2 − ρ) score) / (2 − ρ) − label · e^((1 − ρ) score) / (1 − ρ): sums of a random number of amounts, many of them 0 (Tweedie).</summary>
/// <param name="power">ρ; above 1 and below 2.</param>
internal sealed class TweedieObjective(double power = 1.5) : LogMeanObjective
{
    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        float low = (float)(1 - power), high = (float)(2 - power);
        // a = e^(high · score), b = label · e^(low · score): the gradient is a − b, the hessian high · a − low · b.
        TensorPrimitives.Multiply(scores, low, gradients);
        TensorPrimitives.Exp(gradients, gradients);
        TensorPrimitives.Multiply(gradients, labels, gradients);
        TensorPrimitives.Multiply(scores, high, hessians);
        TensorPrimitives.Exp(hessians, hessians);
        for (int i = 0; i < labels.Length; i++) (gradients[i], hessians[i]) = (hessians[i] - gradients[i], high * hessians[i] - low * gradients[i]);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++) sum += Math.Exp((2 - power) * scores[i]) / (2 - power) - labels[i] * Math.Exp((1 - power) * scores[i]) / (1 - power);
        return sum;
    }
}
