namespace MLPipelines.Recommendation;

/// <summary>
/// Recommends items to users, by whatever method it was learned. It knows the names of users and items and what each user has, is immutable, and is safe to use
/// from many threads. As a transformer it appends a column <c>Score</c> to pairs of a user and an item.
/// </summary>
/// <remarks>
/// A user that is not known, or has nothing, gets the most popular items, scored by the share of users who have them. An item that is not known is never
/// recommended, and pairs with it get the least that the method would say: no score is NaN.
/// </remarks>
public sealed partial class Recommender : RowToRowTransformer
{
    private readonly ItemRanker _ranker;

    internal Recommender(RecommenderModel model, string method, NamedInteractions seen, RecommenderColumns columns)
    {
        (Model, Method, Seen, Columns) = (model, method, seen, columns);
        _ranker = new ItemRanker(model, seen.Interactions);
    }

    /// <summary>The name of the method that it was learned by, such as <c>EASE-R</c>.</summary>
    public string Method { get; }

    /// <summary>The users that it knows.</summary>
    public IReadOnlyList<string> Users => Seen.UserNames;

    /// <summary>The items that it knows.</summary>
    public IReadOnlyList<string> Items => Seen.ItemNames;

    /// <summary>What users have.</summary>
    public NamedInteractions Seen { get; }

    /// <summary>The columns that it scores pairs by.</summary>
    public RecommenderColumns Columns { get; }

    internal RecommenderModel Model { get; }

    /// <summary>Learns a recommender.</summary>
    /// <param name="method">How.</param>
    /// <param name="interactions">Who did what.</param>
    /// <param name="environment">Seed, progress and cancellation.</param>
    /// <param name="columns">The columns that it is to score pairs by.</param>
    public static Recommender Fit(RecommendationMethod method, NamedInteractions interactions, TrainingEnvironment environment, RecommenderColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(environment);
        if (interactions.Interactions.Count == 0) throw new MLPipelinesException($"{method.Name}: there are no interactions to learn from.");
        return new Recommender(method.Fit(interactions.Interactions, environment), method.Name, interactions, columns ?? new RecommenderColumns());
    }

    /// <summary>The best items for a user, best first; fewer where there are not as many.</summary>
    /// <param name="user">The user's name; one that is not known gets the most popular items.</param>
    /// <param name="count">How many items; at least 1.</param>
    /// <param name="excludeSeen">Whether items that the user has are left out.</param>
    /// <param name="filter">Which items may be recommended, by name; all when left out.</param>
    public IReadOnlyList<RecommendedItem> Recommend(string user, int count, bool excludeSeen = true, Func<string, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(user);
        int number = Seen.Users.Find(user);
        return number < 0 ? Recommend(-1, [], [], count, excludeSeen, filter)
            : Recommend(number, Seen.Interactions.ItemsOf(number), Seen.Interactions.ValuesOf(number), count, excludeSeen, filter);
    }

    /// <summary>The best items for many users, each as if asked for alone, by all cores.</summary>
    /// <param name="users">The users' names.</param>
    /// <param name="count">How many items each; at least 1.</param>
    /// <param name="excludeSeen">Whether items that a user has are left out.</param>
    /// <param name="filter">Which items may be recommended, by name; called from several threads.</param>
    public IReadOnlyList<RecommendedItem>[] Recommend(IReadOnlyList<string> users, int count, bool excludeSeen = true, Func<string, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(users);
        var lists = new IReadOnlyList<RecommendedItem>[users.Count];
        Parallel.For(0, users.Count, i => lists[i] = Recommend(users[i], count, excludeSeen, filter));
        return lists;
    }

    /// <summary>The best items to go with some items, for a person who is not known or stays unnamed; those items are left out.</summary>
    /// <param name="items">The items that the person has; those that are not known are passed over. Without any, the most popular items are best.</param>
    /// <param name="count">How many items; at least 1.</param>
    /// <param name="filter">Which items may be recommended, by name; all when left out.</param>
    public IReadOnlyList<RecommendedItem> RecommendForBasket(IEnumerable<string> items, int count, Func<string, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        int[] own = [.. items.Select(Seen.Items.Find).Where(item => item >= 0).Distinct().Order()];
        float[] values = new float[own.Length];
        Array.Fill(values, Model.BasketValue);
        return Recommend(-1, own, values, count, excludeSeen: true, filter);
    }

    /// <summary>The items most like one, most alike first; none for an item that is not known.</summary>
    /// <param name="item">The item's name.</param>
    /// <param name="count">How many items; at least 1.</param>
    public IReadOnlyList<RecommendedItem> SimilarItems(string item, int count)
    {
        ArgumentNullException.ThrowIfNull(item);
        var (items, scores) = Room(count);
        int number = Seen.Items.Find(item);
        return number < 0 ? [] : Named(items, scores, _ranker.RankSimilar(number, items, scores));
    }

    /// <summary>How much each of a user's own items adds to the score of an item, the most first; none where the user or the item is not known.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="item">The item's name.</param>
    public IReadOnlyList<RecommendedItem> Explain(string user, string item)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(item);
        int number = Seen.Users.Find(user), target = Seen.Items.Find(item);
        if (number < 0 || target < 0) return [];
        int[] own = Seen.Interactions.ItemsOf(number).ToArray();
        float[] shares = new float[own.Length];
        Model.Explain(number, own, Seen.Interactions.ValuesOf(number), target, shares);
        return [.. own.Select((other, i) => new RecommendedItem(Seen.Items[other], shares[i])).OrderByDescending(share => share.Score)];
    }

    /// <summary>The recommender after more interactions, without learning everything anew: users and items may be new. How far new items are learned depends on the method.</summary>
    /// <param name="rows">What came since.</param>
    /// <param name="environment">Seed and cancellation.</param>
    /// <param name="duplicates">What values of a pair that was known, or comes twice, become.</param>
    public Recommender Update(IEnumerable<Interaction> rows, TrainingEnvironment environment, DuplicatePairs duplicates = DuplicatePairs.Sum)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(environment);
        Interaction[] kept = [.. rows];
        if (kept.Length == 0) return this;
        NamedInteractions all = Seen.With(kept, duplicates);
        int[] changed = [.. kept.Select(row => all.Users.Find(row.User)).Distinct().Order()];
        return new Recommender(Model.Update(all.Interactions, changed, environment), Method, all, Columns);
    }

    private RecommendedItem[] Recommend(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int count, bool excludeSeen, Func<string, bool>? filter)
    {
        var (items, scores) = Room(count);
        return Named(items, scores, _ranker.Rank(user, own, values, excludeSeen, filter is null ? null : item => filter(Seen.Items[item]), items, scores));
    }

    private (int[] Items, float[] Scores) Room(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        count = Math.Min(count, Seen.Items.Count);
        return (new int[count], new float[count]);
    }

    private RecommendedItem[] Named(int[] items, float[] scores, int count)
    {
        var named = new RecommendedItem[count];
        for (int i = 0; i < named.Length; i++) named[i] = new RecommendedItem(Seen.Items[items[i]], scores[i]);
        return named;
    }
}
