namespace MLPipelines.Trainers.Trees;

/// <summary>½ (score − label)².</summary>
internal sealed class SquaredObjective : BoostingObjective
{
    public override bool HasUnitHessian => true;

    public override double[] InitialScores(BoostingSet rows) => [LabelStatistics.Mean(rows)];

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        System.Numerics.Tensors.TensorPrimitives.Subtract(scores, labels, gradients);
        hessians.Fill(1);
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++) sum += 0.5 * ((double)scores[i] - labels[i]) * ((double)scores[i] - labels[i]);
        return sum;
    }
}
