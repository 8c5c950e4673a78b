namespace MLPipelines.Scenarios.TextClassification;

/// <summary>Five parts of the rows, each with the same share of every label as far as that goes.</summary>
internal sealed class HeldOutFolds
{
    internal const int Count = 5;

    private readonly int[] _order;

    /// <param name="labels">The label of each row.</param>
    /// <param name="maximumRows">If there are more rows, so many are drawn.</param>
    /// <param name="seed">Fixes the draw.</param>
    internal HeldOutFolds(int[] labels, int maximumRows, int seed)
    {
        _order = new int[labels.Length];
        for (int row = 0; row < labels.Length; row++) _order[row] = row;
        new Random(seed).Shuffle(_order);
        if (_order.Length > maximumRows) _order = _order[..maximumRows];
        // The rows of each label, in random order, are dealt out one by one; the deal goes on from label to label.
        _order = [.. _order.OrderBy(row => labels[row])];
    }

    internal int[] HeldOut(int fold) => [.. _order.Where((_, i) => i % Count == fold).Order()];

    internal int[] Others(int fold) => [.. _order.Where((_, i) => i % Count != fold).Order()];
}
