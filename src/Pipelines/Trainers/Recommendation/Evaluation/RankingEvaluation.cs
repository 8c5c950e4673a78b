using MLPipelines.Data;

namespace MLPipelines.Recommendation;

/// <summary>Measures the lists that a model gives to users of training by what they took later.</summary>
internal static class RankingEvaluation
{
    /// <param name="model">A model of the users and items of training.</param>
    /// <param name="training">What users had: left out of their lists.</param>
    /// <param name="later">What they took later, by the same numbers; items beyond those of training count as missed.</param>
    /// <param name="count">The length of lists.</param>
    internal static RecommendationMetrics Evaluate(RecommenderModel model, Interactions training, Interactions later, int count)
    {
        int[] userCounts = new int[training.ItemCount];
        for (int item = 0; item < userCounts.Length; item++) userCounts[item] = training.ByItem.ItemsOf(item).Length;
        var tally = new RecommendationTally(count, userCounts, training.UserCount);
        var ranker = new ItemRanker(model, training);
        int[][] lists = new int[later.UserCount][];
        Parallel.For(0, lists.Length, user =>
        {
            if (later.ItemsOf(user).IsEmpty) return;
            int[] items = new int[Math.Min(count, training.ItemCount)];
            bool isKnown = user < training.UserCount;
            int found = ranker.Rank(isKnown ? user : -1, isKnown ? training.ItemsOf(user) : [], isKnown ? training.ValuesOf(user) : [], excludeSeen: true, null, items, new float[items.Length]);
            lists[user] = items[..found];
        });
        for (int user = 0; user < lists.Length; user++) tally.Add(lists[user], later.ItemsOf(user));
        return tally.ToMetrics();
    }
}
