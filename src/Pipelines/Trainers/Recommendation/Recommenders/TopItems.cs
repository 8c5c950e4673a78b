using System.Runtime.Intrinsics;

namespace MLPipelines.Recommendation;

/// <summary>The best items seen so far, in a heap with the worst at the root. Of equal scores the item that comes first in a given order is better.</summary>
internal ref struct TopItems
{
    private readonly Span<int> _items;
    private readonly Span<float> _scores;
    private readonly ReadOnlySpan<int> _places;
    private readonly Func<int, bool>? _isWanted;

    /// <param name="items">Room for the best items.</param>
    /// <param name="scores">Room for their scores.</param>
    /// <param name="places">The place of each item in the order that decides between equal scores.</param>
    /// <param name="isWanted">Which items may be among them; asked only of those that would be.</param>
    internal TopItems(Span<int> items, Span<float> scores, ReadOnlySpan<int> places, Func<int, bool>? isWanted = null)
    {
        _items = items;
        _scores = scores;
        _places = places;
        _isWanted = isWanted;
    }

    internal int Count { get; private set; }

    /// <summary>What a score must reach to be among the best.</summary>
    internal readonly float Least => Count < _items.Length || Count == 0 ? float.NegativeInfinity : _scores[0];

    /// <summary>Offers items by their scores; an item with −∞ is out.</summary>
    internal void AddAll(ReadOnlySpan<float> scores)
    {
        if (_items.Length == 0) return;
        int item = 0;
        for (; item + Vector512<float>.Count <= scores.Length; item += Vector512<float>.Count)
        {
            ulong candidates = Vector512.GreaterThanOrEqual(Vector512.Create(scores.Slice(item, Vector512<float>.Count)), Vector512.Create(Least)).ExtractMostSignificantBits();
            for (; candidates != 0; candidates &= candidates - 1)
            {
                int candidate = item + System.Numerics.BitOperations.TrailingZeroCount(candidates);
                Add(candidate, scores[candidate]);
            }
        }
        for (; item < scores.Length; item++) Add(item, scores[item]);
    }

    internal void Add(int item, float score)
    {
        if (score == float.NegativeInfinity || (Count == _items.Length && !IsBetter(item, score, 0)) || _isWanted?.Invoke(item) == false) return;
        int at = 0;
        if (Count < _items.Length)
        {
            at = Count++;
            for (int parent = (at - 1) / 2; at > 0 && IsBetter(parent, item, score); parent = (at - 1) / 2)
            {
                Move(parent, at);
                at = parent;
            }
        }
        else
        {
            at = Sink(item, score, Count);
        }
        (_items[at], _scores[at]) = (item, score);
    }

    /// <summary>Sorts the room that was given, best first.</summary>
    internal readonly void Sort()
    {
        for (int end = Count - 1; end > 0; end--)
        {
            var (item, score) = (_items[end], _scores[end]);
            Move(0, end);
            int at = Sink(item, score, end);
            (_items[at], _scores[at]) = (item, score);
        }
    }

    /// <summary>The place from the root down where an item belongs; what is worse moves up.</summary>
    private readonly int Sink(int item, float score, int count)
    {
        int at = 0;
        for (int child = 1; child < count; child = (2 * at) + 1)
        {
            if (child + 1 < count && IsBetter(child, _items[child + 1], _scores[child + 1])) child++;
            if (!IsBetter(item, score, child)) break;
            Move(child, at);
            at = child;
        }
        return at;
    }

    private readonly void Move(int from, int to) => (_items[to], _scores[to]) = (_items[from], _scores[from]);

    private readonly bool IsBetter(int item, float score, int than) =>
        score > _scores[than] || (score == _scores[than] && _places[item] < _places[_items[than]]);

    private readonly bool IsBetter(int place, int item, float score) =>
        _scores[place] > score || (_scores[place] == score && _places[_items[place]] < _places[item]);
}
