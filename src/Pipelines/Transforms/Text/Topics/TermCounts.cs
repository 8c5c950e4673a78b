using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The terms of one document and how often it has each; filled anew for every row.</summary>
internal sealed class TermCounts
{
    private int[] _terms = new int[64];
    private int[] _counts = new int[64];
    private int _length;

    internal ReadOnlySpan<int> Terms => _terms.AsSpan(0, _length);

    internal ReadOnlySpan<int> Counts => _counts.AsSpan(0, _length);

    /// <summary>The number of tokens: the sum of the counts.</summary>
    internal int TokenCount { get; private set; }

    /// <summary>Takes terms in the order of the slots while there are fewer tokens than the limit.</summary>
    /// <returns>The slot of a value that is no count (negative, fractional or not finite); -1 when there is none.</returns>
    internal int Read(RowVector<float> row, int maximumTokens)
    {
        (_length, TokenCount) = (0, 0);
        if (_terms.Length < row.Values.Length)
        {
            _terms = new int[row.Values.Length];
            _counts = new int[row.Values.Length];
        }
        for (int i = 0; i < row.Values.Length; i++)
        {
            float value = row.Values[i];
            int slot = row.IsDense ? i : row.Indices[i];
            if (!(value >= 0 && value <= int.MaxValue && value == MathF.Truncate(value))) return slot;
            int count = Math.Min((int)value, maximumTokens - TokenCount);
            if (count == 0) continue;
            (_terms[_length], _counts[_length++]) = (slot, count);
            TokenCount += count;
        }
        return -1;
    }
}
