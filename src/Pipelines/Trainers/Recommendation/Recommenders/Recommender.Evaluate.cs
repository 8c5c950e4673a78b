using MLPipelines.Data;

namespace MLPipelines.Recommendation;

public sealed partial class Recommender
{
    /// <summary>
    /// How good its lists are for what users took later. Users and items that it does not know are counted: the former get the most popular items, the latter
    /// are missed. A pair that it has seen is not to be recommended again, and is left out.
    /// </summary>
    /// <param name="later">What users took later.</param>
    /// <param name="count">The length of lists, the k of the metrics; at least 1.</param>
    public RecommendationMetrics Evaluate(NamedInteractions later, int count = 10) => RankingEvaluation.Evaluate(Model, Seen.Interactions, Renumbered(later), count);

    /// <summary>The metrics of recommending the most popular items, to compare with.</summary>
    /// <param name="later">What users took later.</param>
    /// <param name="count">The length of lists, the k of the metrics; at least 1.</param>
    public RecommendationMetrics EvaluatePopularity(NamedInteractions later, int count = 10) =>
        RankingEvaluation.Evaluate(PopularityModel.Of(Seen.Interactions), Seen.Interactions, Renumbered(later), count);

    private Interactions Renumbered(NamedInteractions later)
    {
        ArgumentNullException.ThrowIfNull(later);
        int newUsers = Users.Count, newItems = Items.Count;
        int[] users = [.. later.UserNames.Select(name => Seen.Users.Find(name) is >= 0 and var known ? known : newUsers++)];
        int[] items = [.. later.ItemNames.Select(name => Seen.Items.Find(name) is >= 0 and var known ? known : newItems++)];
        var (rowUsers, rowItems, values) = later.Interactions.ToRows();
        int[] kept = [.. Enumerable.Range(0, values.Length).Where(row => !IsSeen(users[rowUsers[row]], items[rowItems[row]]))];
        return Interactions.Of([.. kept.Select(row => users[rowUsers[row]])], [.. kept.Select(row => items[rowItems[row]])], [.. kept.Select(row => values[row])], newUsers, newItems, (_, next) => next);
    }

    private bool IsSeen(int user, int item) => user < Users.Count && Seen.Interactions.ItemsOf(user).BinarySearch(item) >= 0;
}
