using System.Buffers;
using System.Runtime.Intrinsics;

namespace MLPipelines.Recommendation;

/// <summary>Ranks all items for a user by a model, or by popularity where nothing is known of the user, neither items nor features; of equal scores the more popular item is better.</summary>
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
        float off = 0;
        if (own.IsEmpty && !_model.IsDescribed(user)) _popularity.ScoreAll(user, own, values, all);
        else off = _model.ScoreAllNearly(user, own, values, all);
        if (excludeSeen) Exclude(own, all);
        int count = off > 0 ? RankNearly(user, own, values, all, off, isWanted, items, scores) : Rank(all, isWanted, items, scores);
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

    /// <summary>Ranks by exact scores the items whose nearly exact ones could be among the best.</summary>
    private int RankNearly(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, ReadOnlySpan<float> all, float off, Func<int, bool>? isWanted, Span<int> items, Span<float> scores)
    {
        var nearly = new TopItems(items, scores, _places, isWanted);
        nearly.AddAll(all);
        int[] candidates = CandidatesOf(all, nearly.Least - (2 * off));
        float[] exact = new float[candidates.Length];
        _model.ScoreSome(user, own, values, candidates, exact);
        var top = new TopItems(items, scores, _places, isWanted);
        for (int i = 0; i < candidates.Length; i++) top.Add(candidates[i], exact[i]);
        top.Sort();
        return top.Count;
    }

    /// <summary>The items that reach a score, and are not out.</summary>
    private static int[] CandidatesOf(ReadOnlySpan<float> all, float least)
    {
        least = MathF.Max(least, float.MinValue);
        List<int> candidates = [];
        int item = 0;
        for (; item + Vector512<float>.Count <= all.Length; item += Vector512<float>.Count)
        {
            ulong reached = Vector512.GreaterThanOrEqual(Vector512.Create(all.Slice(item, Vector512<float>.Count)), Vector512.Create(least)).ExtractMostSignificantBits();
            for (; reached != 0; reached &= reached - 1) candidates.Add(item + System.Numerics.BitOperations.TrailingZeroCount(reached));
        }
        for (; item < all.Length; item++)
        {
            if (all[item] >= least) candidates.Add(item);
        }
        return [.. candidates];
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
