using System.Runtime.InteropServices;

namespace MLPipelines.Tokenizers;

/// <summary>
/// Finds the pairs of neighbours to merge: always the most frequent, of equally frequent ones that of the lowest numbers. Counts are not made anew but
/// changed where a merge changed a word, and a heap knows the largest (Sennrich et al., ACL 2016, section 3.2).
/// </summary>
internal sealed class PairMerging
{
    private readonly List<int> _symbols = [];
    private readonly List<Word> _words = [];
    private readonly Dictionary<ulong, int> _pairs = [];
    private readonly List<Pair> _counts = [];
    // For each pair a chain of words that have or had it.
    private readonly List<(int Word, int Next)> _chains = [];
    private readonly PriorityQueue<int, (long Count, ulong Pair)> _largest = new(Comparer<(long Count, ulong Pair)>.Create(
        static (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Pair.CompareTo(b.Pair)));
    private readonly List<int> _grown = [];

    /// <summary>Adds a word.</summary>
    internal void Add(ReadOnlySpan<int> symbols, long count)
    {
        if (symbols.Length < 2) return;
        _words.Add(new Word { Start = _symbols.Count, Length = symbols.Length, Count = count, Step = -1 });
        _symbols.AddRange(symbols);
        for (int i = 0; i + 1 < symbols.Length; i++) Change(symbols[i], symbols[i + 1], count, _words.Count - 1);
    }

    /// <summary>The merges, one after the other, until none is frequent enough.</summary>
    /// <param name="minimumCount">How often a pair must occur.</param>
    /// <param name="merge">The token that two become; -1 if they may not.</param>
    /// <param name="isFull">Whether there are enough tokens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal List<(int Left, int Right)> Run(long minimumCount, Func<int, int, int> merge, Func<bool> isFull, CancellationToken cancellationToken)
    {
        var merges = new List<(int, int)>();
        Offer();
        while (!isFull() && _largest.TryDequeue(out int index, out var priority) && priority.Count >= minimumCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref Pair pair = ref CollectionsMarshal.AsSpan(_counts)[index];
            if (pair.Count != priority.Count)
            {
                // It became rarer since; where it grew, there is a newer entry.
                if (pair.Count > 0 && pair.Count < priority.Count) _largest.Enqueue(index, (pair.Count, priority.Pair));
                continue;
            }
            (int left, int right) = ((int)(priority.Pair >> 32), (int)(uint)priority.Pair);
            int merged = merge(left, right);
            int chain = pair.Chain;
            (pair.Count, pair.Chain) = (0, -1);
            if (merged < 0) continue;
            merges.Add((left, right));
            for (; chain >= 0; chain = _chains[chain].Next) Replace(_chains[chain].Word, left, right, merged, merges.Count);
            // Pairs of the two that the merge itself counted, as in a row of equal symbols.
            CollectionsMarshal.AsSpan(_counts)[index].Count = 0;
            Offer();
        }
        return merges;
    }

    private void Replace(int index, int left, int right, int merged, int step)
    {
        ref Word word = ref CollectionsMarshal.AsSpan(_words)[index];
        if (word.Step == step) return;
        word.Step = step;
        Span<int> symbols = CollectionsMarshal.AsSpan(_symbols).Slice(word.Start, word.Length);
        int kept = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            if (symbols[i] != left || i + 1 == symbols.Length || symbols[i + 1] != right)
            {
                symbols[kept++] = symbols[i];
                continue;
            }
            if (kept > 0)
            {
                Change(symbols[kept - 1], left, -word.Count, index);
                Change(symbols[kept - 1], merged, word.Count, index);
            }
            if (i + 2 < symbols.Length)
            {
                Change(right, symbols[i + 2], -word.Count, index);
                Change(merged, symbols[i + 2], word.Count, index);
            }
            symbols[kept++] = merged;
            i++;
        }
        word.Length = kept;
    }

    private void Change(int left, int right, long by, int word)
    {
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, ((ulong)(uint)left << 32) | (uint)right, out bool known);
        if (!known)
        {
            index = _counts.Count;
            _counts.Add(new Pair { Symbols = ((ulong)(uint)left << 32) | (uint)right, Chain = -1 });
        }
        ref Pair pair = ref CollectionsMarshal.AsSpan(_counts)[index];
        pair.Count += by;
        if (by < 0) return;
        if (pair.Chain < 0 || _chains[pair.Chain].Word != word)
        {
            _chains.Add((word, pair.Chain));
            pair.Chain = _chains.Count - 1;
        }
        if (pair.HasGrown) return;
        pair.HasGrown = true;
        _grown.Add(index);
    }

    private void Offer()
    {
        foreach (int index in _grown)
        {
            ref Pair pair = ref CollectionsMarshal.AsSpan(_counts)[index];
            pair.HasGrown = false;
            if (pair.Count > 0) _largest.Enqueue(index, (pair.Count, pair.Symbols));
        }
        _grown.Clear();
    }

    private struct Word
    {
        internal int Start, Length, Step;
        internal long Count;
    }

    private struct Pair
    {
        internal ulong Symbols;
        internal long Count;
        internal int Chain;
        internal bool HasGrown;
    }
}
