namespace MLPipelines.Trainers;

/// <summary>
/// The sum over the other classes of a loss of how far the right one is ahead. Each of the others has a dual a as in
/// <see cref="IDualLoss"/>, stored as −a; the right class has their sum. They are improved one after the other.
/// </summary>
/// <param name="difference">The loss of a difference of scores; its label is always 1.</param>
/// <param name="present">Which classes have examples; the others are never ahead.</param>
internal sealed class PairwiseDualLoss<TLoss>(TLoss difference, bool[] present) : IClassDualLoss where TLoss : struct, IDualLoss
{
    public void AddGap(ReadOnlySpan<float> scores, int label, ReadOnlySpan<float> duals, float weight, ref double loss, ref double gap)
    {
        for (int k = 0; k < scores.Length; k++)
        {
            if (k == label || !present[k]) continue;
            float ahead = scores[label] - scores[k], dual = -duals[k];
            double own = difference.Loss(ahead, 1);
            loss += weight * own;
            gap += weight * (own - difference.DualLoss(1, dual) + (double)dual * ahead);
        }
    }

    public void Step(Span<float> scores, int label, ReadOnlySpan<float> duals, float curvature, Span<float> changes)
    {
        changes.Clear();
        for (int k = 0; k < scores.Length; k++)
        {
            if (k == label || !present[k]) continue;
            // One score goes up as the other goes down: their difference bends twice as much.
            float change = difference.Step(scores[label] - scores[k], 1, -duals[k], 2 * curvature);
            changes[k] = -change;
            changes[label] += change;
            scores[k] -= change * curvature;
            scores[label] += change * curvature;
        }
    }
}
