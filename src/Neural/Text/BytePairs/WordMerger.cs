namespace MLPipelines.Tokenizers;

/// <summary>
/// Merges the bytes of one word into tokens: again and again the pair of lowest rank, of equal ones the first (Sennrich et al., "Neural Machine
/// Translation of Rare Words with Subword Units", ACL 2016). A heap of pairs makes long words as quick as short ones. One per thread.
/// </summary>
internal sealed class WordMerger
{
    private const int None = -1;

    // What merges into what, lowest rank first and then by place: rank and place in one number.
    private readonly PriorityQueue<int, ulong> _pairs = new();
    private int[] _ids = [], _starts = [], _ends = [], _next = [], _previous = [], _ranks = [];

    /// <summary>Adds the tokens of a word, with offsets in it.</summary>
    /// <param name="word">The word, not empty.</param>
    /// <param name="byteIds">The tokens of the 256 bytes.</param>
    /// <param name="merges">The merges.</param>
    /// <param name="tokens">What they are added to.</param>
    internal void Encode(ReadOnlySpan<char> word, ReadOnlySpan<int> byteIds, MergeTable merges, TokenList tokens)
    {
        int count = Fill(word, byteIds);
        for (int i = 0; i + 1 < count; i++) Rank(i, count, merges);
        while (_pairs.TryDequeue(out int merged, out ulong priority))
        {
            int at = (int)(uint)priority;
            if (_ranks[at] != (int)(priority >> 32)) continue; // The pair is no longer there.
            int gone = _next[at], after = _next[gone];
            (_ids[at], _ends[at], _next[at], _ranks[gone]) = (merged, _ends[gone], after, None);
            if (after < count) _previous[after] = at;
            Rank(at, count, merges);
            if (_previous[at] >= 0) Rank(_previous[at], count, merges);
        }
        for (int i = 0; i < count; i = _next[i]) tokens.Add(_ids[i], _starts[i], _ends[i]);
    }

    private int Fill(ReadOnlySpan<char> word, ReadOnlySpan<int> byteIds)
    {
        if (_ids.Length < 3 * word.Length)
        {
            int size = Math.Max(64, 6 * word.Length);
            (_ids, _starts, _ends, _next, _previous, _ranks) = (new int[size], new int[size], new int[size], new int[size], new int[size], new int[size]);
        }
        int count = 0;
        Span<byte> bytes = stackalloc byte[4];
        for (int at = 0, units; at < word.Length; at += units)
        {
            int length = Wtf8.Encode(word[at..], bytes, out units);
            for (int i = 0; i < length; i++, count++)
            {
                (_ids[count], _starts[count], _ends[count]) = (byteIds[bytes[i]], at, at + units);
                (_next[count], _previous[count]) = (count + 1, count - 1);
            }
        }
        return count;
    }

    private void Rank(int at, int count, MergeTable merges)
    {
        int next = _next[at];
        if (next < count && merges.TryFind(_ids[at], _ids[next], out int rank, out int merged))
        {
            _ranks[at] = rank;
            _pairs.Enqueue(merged, ((ulong)(uint)rank << 32) | (uint)at);
        }
        else
        {
            _ranks[at] = None;
        }
    }
}
