using System.Runtime.InteropServices;

namespace MLPipelines.Tokenizers;

/// <summary>
/// Finds the pairs of neighbours to merge: always the most frequent, of equally frequent ones that of the lowest numbers. Counts are not made anew but
/// changed where a merge is made, and a heap knows the largest (Sennrich et al., ACL 2016, section 3.2).
/// </summary>
internal sealed class PairMerging
{
    private const int Gone = -1;

    // The hash of a 64-bit number is its halves xor'ed, which pairs of small numbers have in common; multiplied by an odd number they have not.
    private const ulong Scatter = 0x9E3779B97F4A7C15;

    // All words in a row. A merge makes a symbol of two, and the place of the second is no longer gone to.
    private readonly List<Place> _places = [];
    private readonly List<long> _wordCounts = [];
    private readonly Dictionary<ulong, int> _pairs = [];
    private readonly List<Pair> _counts = [];
    // For each pair a chain of places where it begins or began.
    private readonly List<(int Place, int Next)> _chains = [];
    private readonly List<int> _found = [];
    private readonly PriorityQueue<int, (long Count, ulong Pair)> _largest = new(Comparer<(long Count, ulong Pair)>.Create(
        static (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Pair.CompareTo(b.Pair)));
    private readonly List<int> _grown = [];

    /// <summary>Adds a word.</summary>
    internal void Add(ReadOnlySpan<int> symbols, long count)
    {
        if (symbols.Length < 2) return;
        int start = _places.Count, word = _wordCounts.Count;
        _wordCounts.Add(count);
        for (int i = 0; i < symbols.Length; i++)
            _places.Add(new Place { Symbol = symbols[i], Word = word, Previous = i == 0 ? -1 : start + i - 1, Next = i + 1 == symbols.Length ? -1 : start + i + 1 });
        for (int i = 0; i + 1 < symbols.Length; i++) Change(symbols[i], symbols[i + 1], count, start + i);
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
            Replace(chain, left, right, merged);
            // Pairs of the two that the merge itself counted, as in a row of equal symbols.
            CollectionsMarshal.AsSpan(_counts)[index].Count = 0;
            Offer();
        }
        return merges;
    }

    private void Replace(int chain, int left, int right, int merged)
    {
        _found.Clear();
        for (; chain >= 0; chain = _chains[chain].Next) _found.Add(_chains[chain].Place);
        // In a row of equal symbols the first two go together.
        if (left == right) _found.Sort();
        Span<Place> places = CollectionsMarshal.AsSpan(_places);
        foreach (int at in _found)
        {
            ref Place first = ref places[at];
            if (first.Symbol != left || first.Next < 0 || places[first.Next].Symbol != right) continue;
            ref Place second = ref places[first.Next];
            long count = _wordCounts[first.Word];
            if (first.Previous >= 0)
            {
                int before = places[first.Previous].Symbol;
                Change(before, left, -count, first.Previous);
                Change(before, merged, count, first.Previous);
            }
            if (second.Next >= 0)
            {
                int after = places[second.Next].Symbol;
                Change(right, after, -count, first.Next);
                Change(merged, after, count, at);
                places[second.Next].Previous = at;
            }
            (first.Symbol, first.Next, second.Symbol) = (merged, second.Next, Gone);
        }
    }

    private void Change(int left, int right, long by, int place)
    {
        ulong symbols = ((ulong)(uint)left << 32) | (uint)right;
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, symbols * Scatter, out bool known);
        if (!known)
        {
            index = _counts.Count;
            _counts.Add(new Pair { Symbols = symbols, Chain = -1 });
        }
        ref Pair pair = ref CollectionsMarshal.AsSpan(_counts)[index];
        pair.Count += by;
        if (by < 0) return;
        _chains.Add((place, pair.Chain));
        pair.Chain = _chains.Count - 1;
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

    private struct Place
    {
        internal int Symbol, Word, Previous, Next;
    }

    private struct Pair
    {
        internal ulong Symbols;
        internal long Count;
        internal int Chain;
        internal bool HasGrown;
    }
}
