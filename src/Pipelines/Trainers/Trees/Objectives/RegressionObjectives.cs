using System.Numerics.Tensors;

namespace MLPipelines.Trainers.Trees;

/// <summary>½ (score − label)²: the mean.</summary>
internal sealed class SquaredObjective : BoostingObjective
{
    public override double[] InitialScores(BoostingSet rows) => [LabelStatistics.Mean(rows)];

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        TensorPrimitives.Subtract(scores, labels, gradients);
        hessians.Fill(1);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++) sum += 0.5 * ((double)scores[i] - labels[i]) * ((double)scores[i] - labels[i]);
        return sum;
    }
}

/// <summary>α (label − score) where the score is too low, (1 − α) (score − label) where it is too high: the α-quantile; of ½, half of the absolute error, the median.</summary>
/// <param name="alpha">Between 0 and 1.</param>
internal sealed class QuantileObjective(double alpha) : BoostingObjective
{
    public override double? RenewedQuantile => alpha;

    public override double[] InitialScores(BoostingSet rows) => [LabelStatistics.Quantile(rows, alpha)];

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        float above = (float)(1 - alpha), below = (float)-alpha;
        for (int i = 0; i < labels.Length; i++) gradients[i] = scores[i] >= labels[i] ? above : below;
        hessians.Fill(1);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double error = (double)labels[i] - scores[i];
            sum += error >= 0 ? alpha * error : (alpha - 1) * error;
        }
        return sum;
    }
}

/// <summary>|score − label|: the median.</summary>
internal sealed class AbsoluteObjective : BoostingObjective
{
    private readonly QuantileObjective _half = new(0.5);

    public override double? RenewedQuantile => 0.5;

    public override double[] InitialScores(BoostingSet rows) => _half.InitialScores(rows);

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        for (int i = 0; i < labels.Length; i++) gradients[i] = MathF.Sign(scores[i] - labels[i]);
        hessians.Fill(1);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores) => 2 * _half.Loss(labels, scores);
}

/// <summary>½ error² up to δ, and δ (|error| − ½ δ) beyond (Huber, "Robust Estimation of a Location Parameter", 1964). Its curvature is taken as 1 beyond as well.</summary>
/// <param name="delta">Above 0.</param>
internal sealed class HuberObjective(double delta) : BoostingObjective
{
    public override double[] InitialScores(BoostingSet rows) => [LabelStatistics.Quantile(rows, 0.5)];

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        TensorPrimitives.Subtract(scores, labels, gradients);
        TensorPrimitives.Clamp(gradients, (float)-delta, (float)delta, gradients);
        hessians.Fill(1);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double error = Math.Abs((double)scores[i] - labels[i]);
            sum += error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
        }
        return sum;
    }
}
