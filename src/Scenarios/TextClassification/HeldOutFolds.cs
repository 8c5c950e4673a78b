using MLPipelines.Data;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>Five parts of the rows, each with the same share of every label as far as that goes.</summary>
internal sealed class HeldOutFolds
{
    internal const int Count = 5;

    private readonly byte[] _fold;

    internal HeldOutFolds(uint[] labels, int seed)
    {
        _fold = new byte[labels.Length];
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new Random(seed).Shuffle(order);
        // The rows of each label, in random order, are dealt out one by one; the deal goes on from label to label.
        Array.Sort(Array.ConvertAll(order, row => labels[row]), order, comparer: null);
        for (int i = 0; i < order.Length; i++) _fold[order[i]] = (byte)(i % Count);
    }

    /// <summary>The rows of one part, or all the others.</summary>
    internal IDataView Rows(IDataView data, int fold, bool heldOut) => new RowSelectionView(BatchView.Of(data), () => (batch, selected) =>
    {
        for (int row = 0; row < batch.RowCount; row++)
            if (_fold[batch.FirstRow + row] == fold == heldOut) selected.Add(row);
        return true;
    });
}
