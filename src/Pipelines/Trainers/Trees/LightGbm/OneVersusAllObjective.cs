using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>The log losses of each class against the others, added up.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="slope">The log of the odds is the score times this.</param>
internal sealed class OneVersusAllObjective(int classes, double slope) : BoostingObjective
{
    private readonly LogisticObjective _one = new(slope);

    public override int OutputCount => classes;

    public override double[] InitialScores(BoostingSet rows) =>
        [.. Enumerable.Range(0, classes).SelectMany(k => _one.InitialScores(rows with { Labels = Against(rows.Labels, k) }))];

    public override void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians)
    {
        int rows = labels.Length;
        for (int k = 0; k < classes; k++)
            _one.Gradients(Against(labels, k), scores.Slice(k * rows, rows), gradients.Slice(k * rows, rows), hessians.Slice(k * rows, rows));
    }

    public override double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores)
    {
        double sum = 0;
        for (int k = 0; k < classes; k++) sum += _one.Loss(Against(labels, k), scores.Slice(k * labels.Length, labels.Length));
        return sum;
    }

    private static float[] Against(ReadOnlySpan<float> labels, int k)
    {
        float[] own = new float[labels.Length];
        for (int i = 0; i < own.Length; i++) own[i] = labels[i] == k ? 1 : 0;
        return own;
    }
}
