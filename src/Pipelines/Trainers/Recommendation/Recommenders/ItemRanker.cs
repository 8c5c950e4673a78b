using System.Buffers;

namespace MLPipelines.Recommendation;

/// <summary>Ranks all items for a user by a model, or by popularity where nothing is known of the user; of equal scores the more popular item is better.</summary>
internal sealed class ItemRanker
{
    private readonly RecommenderModel _model;
    private readonly PopularityModel _popularity;
    private readonly int[] _places;

    internal ItemRanker(RecommenderModel model, Interactions seen)
    {
        _model = model;
        _popularity = PopularityModel.Of(seen);
        int[] items = [.. Enumerable.Range(0, seen.ItemCount)];
        // Sorting by keys is not stable, so that the numbers of items settle what is equal.
        long[] keys = new long[items.Length];
        for (int item = 0; item < keys.Length; item++) keys[item] = ((long)(int.MaxValue - seen.ByItem.ItemsOf(item).Length) << 32) | (uint)item;
        Array.Sort(keys, items);
        _places = new int[items.Length];
        for (int place = 0; place < items.Length; place++) _places[items[place]] = place;
    }

    /// <summary>The best items for a user, best first.</summary>
    /// <param name="user">The user; -1 for one that is not known.</param>
    /// <param name="own">The items of the user.</param>
    /// <param name="values">How much each of them counts.</param>
    /// <param name="excludeSeen">Whether they are left out.</param>
    /// <param name="isWanted">Which items may be listed.</param>
    /// <param name="items">Receives the best items.</param>
    /// <param name="scores">Receives their scores.</param>
    /// <returns>How many there are.</returns>
    internal int Rank(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, bool excludeSeen, Func<int, bool>? isWanted, Span<int> items, Span<float> scores)
    {
        float[] room = ArrayPool<float>.Shared.Rent(_places.Length);
        Span<float> all = room.AsSpan(0, _places.Length);
        if (own.IsEmpty) _popularity.ScoreAll(user, own, values, all);
        else _model.ScoreAll(user, own, values, all);
        if (excludeSeen) Exclude(own, all);
        int count = Rank(all, isWanted, items, scores);
        ArrayPool<float>.Shared.Return(room);
        return count;
    }

    /// <summary>The items most like one, most alike first.</summary>
    internal int RankSimilar(int item, Span<int> items, Span<float> scores)
    {
        float[] all = new float[_places.Length];
        _model.Similarities(item, all);
        Exclude([item], all);
        return Rank(all, null, items, scores);
    }

    private int Rank(ReadOnlySpan<float> all, Func<int, bool>? isWanted, Span<int> items, Span<float> scores)
    {
        var top = new TopItems(items, scores, _places, isWanted);
        top.AddAll(all);
        top.Sort();
        return top.Count;
    }

    private static void Exclude(ReadOnlySpan<int> items, Span<float> scores)
    {
        foreach (int item in items) scores[item] = float.NegativeInfinity;
    }
}
