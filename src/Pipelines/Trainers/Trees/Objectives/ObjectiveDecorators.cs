namespace MLPipelines.Trainers.Trees;

/// <summary>An objective with something about it changed.</summary>
internal abstract class ObjectiveDecorator(BoostingObjective inner) : BoostingObjective
{
    public override int OutputCount => inner.OutputCount;

    public override bool NeedsGroups => inner.NeedsGroups;

    public override double? RenewedQuantile => inner.RenewedQuantile;

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
