namespace MLPipelines.Trainers.Trees;

/// <summary>
/// What boosting makes small: a sum over rows of losses of scores. Outputs lie one after another: that of output k of row i at
/// <c>k · rows + i</c>.
/// </summary>
internal abstract class BoostingObjective
{
    /// <summary>The number of scores per row, and of trees per round.</summary>
    public virtual int OutputCount => 1;

    /// <summary>Whether rows of a group depend on each other.</summary>
    public virtual bool NeedsGroups => false;

    /// <summary>What was expected of a label that is wrong; null for one that is right.</summary>
    public virtual string? LabelProblem(float label) => null;

    /// <summary>The constant scores that are best, one per output.</summary>
    public abstract double[] InitialScores(BoostingSet rows);

    /// <summary>The derivatives of the loss of each row by its scores, first and second; weights do not count here.</summary>
    /// <param name="labels">Of a run of rows.</param>
    /// <param name="scores">Their scores, output after output.</param>
    /// <param name="gradients">Where the first derivatives go, laid out as scores.</param>
    /// <param name="hessians">Where the second ones go: not negative, perhaps not exact.</param>
    public abstract void Gradients(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, Span<float> gradients, Span<float> hessians);

    /// <summary>The loss of each row, weights not counted; what early stopping looks at.</summary>
    /// <param name="labels">Of a run of rows; of one group where groups count.</param>
    /// <param name="scores">Their scores, output after output.</param>
    public abstract double Loss(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores);

    /// <summary>For losses without curvature: the share of the residuals (label less score) of a leaf that lies below its value, such as 0.5 for the median; otherwise null.</summary>
    public virtual double? RenewedQuantile => null;

    /// <summary>Whether <see cref="LeafValue"/> says the value of a leaf, in place of the step that its gradients and hessians ask for; of one output only.</summary>
    public virtual bool SetsLeaves => false;

    /// <summary>The value of a leaf before the learning rate.</summary>
    /// <param name="labels">Of its rows.</param>
    /// <param name="scores">Their scores so far.</param>
    /// <param name="weights">How much each counts; empty when all count the same.</param>
    public virtual double LeafValue(ReadOnlySpan<float> labels, ReadOnlySpan<float> scores, ReadOnlySpan<float> weights) => throw new NotSupportedException();
}
