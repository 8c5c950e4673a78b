namespace MLPipelines.Scenarios.TextClassification;

/// <summary>Five parts of the rows, each with the same share of every label as far as that goes.</summary>
internal sealed class HeldOutFolds
{
    internal const int Count = 5;

    private readonly int[][] _heldOut = new int[Count][], _others = new int[Count][];

    /// <param name="labels">The label of each row.</param>
    /// <param name="maximumRows">If there are more rows, so many are drawn.</param>
    /// <param name="seed">Fixes the draw.</param>
    internal HeldOutFolds(int[] labels, int maximumRows, int seed)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new Random(seed).Shuffle(order);
        if (order.Length > maximumRows) order = order[..maximumRows];
        // The rows of each label, in random order, are dealt out one by one; the deal goes on from label to label.
        order = [.. order.OrderBy(row => labels[row])];
        for (int fold = 0; fold < Count; fold++)
        {
            _heldOut[fold] = [.. order.Where((_, i) => i % Count == fold).Order()];
            _others[fold] = [.. order.Where((_, i) => i % Count != fold).Order()];
        }
    }

    /// <summary>The rows of one part.</summary>
    internal int[] HeldOut(int fold) => _heldOut[fold];

    /// <summary>The rows of all other parts.</summary>
    internal int[] Others(int fold) => _others[fold];
}
