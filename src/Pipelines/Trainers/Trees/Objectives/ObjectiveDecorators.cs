using System.Buffers;

namespace MLPipelines.Trainers.Trees;

/// <summary>An objective with something about it changed.</summary>
internal abstract class ObjectiveDecorator(BoostingObjective inner) : BoostingObjective
{
    public override int OutputCount => inner.OutputCount;

    public override bool NeedsGroups => inner.NeedsGroups;

    public override double? RenewedQuantile => inner.RenewedQuantile;

    public override bool SetsLeaves => inner.SetsLeaves;

    public override double LeafValue(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<float> weights) => inner.LeafValue(labels, scores, weights);

    public override string? LabelProblem(float label) => inner.LabelProblem(label);

    public override double[] InitialScores(BoostingSet rows) => inner.InitialScores(rows);

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians) =>
        inner.Gradients(labels, scores, gradients, hessians);

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores) => inner.Loss(labels, scores);
}

/// <summary>Measured by another loss of a label and a score.</summary>
internal sealed class MeasuredObjective(BoostingObjective inner, Func<float, float, double> loss) : ObjectiveDecorator(inner)
{
    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++) sum += loss(labels[i], scores[i]);
        return sum;
    }
}

/// <summary>Of several classes, measured by the number of rows whose highest score is that of another class.</summary>
internal sealed class MeasuredByErrors(BoostingObjective inner) : ObjectiveDecorator(inner)
{
    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        int errors = 0, rows = labels.Length;
        for (int i = 0; i < rows; i++)
        {
            int best = 0;
            for (int k = 1; k < OutputCount; k++)
                if (scores[k * rows + i] > scores[best * rows + i]) best = k;
            if (best != (int)labels[i]) errors++;
        }
        return errors;
    }
}

/// <summary>Learned from scores of 0, in place of the best constant.</summary>
internal sealed class StartingAtZero(BoostingObjective inner) : ObjectiveDecorator(inner)
{
    public override double[] InitialScores(BoostingSet rows) => new double[OutputCount];
}

/// <summary>Splits fit the gradients by least squares, as trees of numbers do; curvature counts in the steps of the leaves only.</summary>
/// <param name="inner">The objective, of one output.</param>
/// <param name="limit">The most that a leaf says.</param>
internal sealed class LeastSquaresSplits(BoostingObjective inner, double limit) : ObjectiveDecorator(inner)
{
    private readonly BoostingObjective _inner = inner;

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        _inner.Gradients(labels, scores, gradients, hessians);
        hessians.Fill(1);
    }

    public override bool SetsLeaves => true;

    public override double LeafValue(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<float> weights)
    {
        int count = labels.Length;
        float[] room = ArrayPool<float>.Shared.Rent(Math.Max(1, 2 * count));
        Span<float> gradients = room.AsSpan(0, count), hessians = room.AsSpan(count, count);
        _inner.Gradients(labels, scores, gradients, hessians);
        double slope = 0, curvature = 0;
        for (int i = 0; i < count; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            slope += weight * gradients[i];
            curvature += weight * hessians[i];
        }
        ArrayPool<float>.Shared.Return(room);
        return curvature > 0 ? Math.Clamp(-slope / curvature, -limit, limit) : 0;
    }
}
