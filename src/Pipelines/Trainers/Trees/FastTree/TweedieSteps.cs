using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// Splits fit the gradients of a Tweedie loss by least squares, and a leaf adds what makes the loss of its rows smallest:
/// log Σ label · e^((1 − ρ) score) − log Σ e^((2 − ρ) score). Where all labels are 0, nothing is small enough, and a Newton step stands for it.
/// </summary>
/// <param name="inner">The loss.</param>
/// <param name="power">ρ, between 1 and 2.</param>
/// <param name="limit">The most that a leaf says.</param>
internal sealed class TweedieSteps(BoostingObjective inner, double power, double limit) : ObjectiveDecorator(inner)
{
    private readonly BoostingObjective _inner = inner;

    public override bool SetsLeaves => true;

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        _inner.Gradients(labels, scores, gradients, hessians);
        hessians.Fill(1);
    }

    public override double LeafValue(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<float> weights)
    {
        double found = 0, expected = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            found += weight * labels[i] * Math.Exp((1 - power) * scores[i]);
            expected += weight * Math.Exp((2 - power) * scores[i]);
        }
        double step = found > 0 ? Math.Log(found) - Math.Log(expected) : expected > 0 ? -1 / (2 - power) : 0;
        return Math.Clamp(step, -limit, limit);
    }
}
