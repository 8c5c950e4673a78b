namespace MLPipelines.Tokenizers;

/// <summary>Tokens of a text, and which characters each stands for. It grows and can be used again, so that encoding many texts allocates nothing.</summary>
public sealed class TokenList
{
    private int[] _ids = new int[64], _starts = new int[64], _ends = new int[64];

    /// <summary>How many tokens there are.</summary>
    public int Count { get; private set; }

    /// <summary>The tokens' numbers.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>The first character of each, counted in UTF-16 units of the text as it was given.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>The character after the last of each.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    /// <summary>Adds a token.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="start">Its first character.</param>
    /// <param name="end">The character after its last.</param>
    public void Add(int id, int start, int end)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, 2 * Count);
            Array.Resize(ref _starts, 2 * Count);
            Array.Resize(ref _ends, 2 * Count);
        }
        (_ids[Count], _starts[Count], _ends[Count]) = (id, start, end);
        Count++;
    }

    /// <summary>Adds tokens of a word, with offsets in it.</summary>
    internal void Add(ReadOnlySpan<int> ids, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, int offset)
    {
        for (int i = 0; i < ids.Length; i++) Add(ids[i], starts[i] + offset, ends[i] + offset);
    }

    /// <summary>Takes all tokens out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Leaves the first tokens.</summary>
    /// <param name="count">How many; no more than there are.</param>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        Count = count;
    }
}
