namespace MLPipelines.Trainers;

/// <summary>
/// A convex loss of the scores of all classes, for dual coordinate ascent. The duals of an example, one per class, sum to 0, and the
/// weights of a class are Σ dual · x / (λ n). A loss owns its memory: one thread uses it.
/// </summary>
internal interface IClassDualLoss
{
    /// <summary>Adds the loss of an example, and how far its part of the dual objective is from that of the primal one.</summary>
    void AddGap(ReadOnlySpan<float> scores, int label, ReadOnlySpan<float> duals, float weight, ref double loss, ref double gap);

    /// <summary>The changes of the duals that increase the dual objective.</summary>
    /// <param name="scores">The scores with the present duals; overwritten.</param>
    /// <param name="label">The class.</param>
    /// <param name="duals">The present duals.</param>
    /// <param name="curvature">How much a score changes per change of its dual: weight · ‖x‖² / (λ n).</param>
    /// <param name="changes">Where the changes go.</param>
    void Step(Span<float> scores, int label, ReadOnlySpan<float> duals, float curvature, Span<float> changes);
}
