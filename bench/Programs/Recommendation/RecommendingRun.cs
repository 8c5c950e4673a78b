using System.Diagnostics;
using System.Globalization;
using MLPipelines.Recommendation;

namespace MLPipelines.Programs.Recommendation;

/// <summary>Recommendations a second by how many items there are, generated; and the lists of all 943 users of MovieLens-100k by every method for implicit feedback and for ratings.</summary>
internal static class RecommendingRun
{
    private const int Users = 1000, OwnItems = 50, Rank = 64, Count = 10, Runs = 7;

    private static readonly TrainingEnvironment Environment = new MLContext(seed: 1).Environment;

    internal static void Catalogues()
    {
        foreach (int items in new[] { 10_000, 100_000, 1_000_000 })
        {
            var recommender = Recommender.Fit(new BprMethod(new BprOptions { Rank = Rank, Iterations = 1 }), Generated(items), Environment);
            string[] asked = [.. recommender.Users.Take(Math.Max(1, 20_000_000 / items))];
            Report($"{items} items, rank {Rank}, one core", asked.Length, () => Array.ForEach(asked, user => recommender.Recommend(user, Count)));
        }
    }

    internal static void MovieLens(string folder)
    {
        NamedInteractions data = NamedInteractions.Of(MovieLensRatings.Read(Path.Combine(folder, "u.data")).Select(rating => new Interaction(rating.User, rating.Item, rating.Value)));
        RecommendationMethod[] methods = [new ImplicitAlsMethod(), new EaseMethod(), new BprMethod(), new ItemNeighboursMethod(), new BiasedFactorizationMethod(), new RatingNeighboursMethod()];
        foreach (RecommendationMethod method in methods)
        {
            var recommender = Recommender.Fit(method, data, Environment);
            Report($"{method.Name}, {recommender.Users.Count} users, {recommender.Items.Count} items, what is seen left out", recommender.Users.Count, () => recommender.Recommend(recommender.Users, Count));
        }
    }

    private static void Report(string what, int lists, Action work)
    {
        work();
        double[] seconds = [.. Enumerable.Range(0, Runs).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            work();
            return clock.Elapsed.TotalSeconds;
        }).Order()];
        double median = seconds[Runs / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {1000 * median:F1} ms for {lists} lists, {1000 * median / lists:F3} ms each, {lists / median:F0} a second"));
    }

    /// <summary>Every user has items at random, and every item is had by one user at least.</summary>
    private static NamedInteractions Generated(int items)
    {
        var random = new Random(1);
        IEnumerable<Interaction> rows = Enumerable.Range(0, items).Select(item => Row(item % Users, item));
        return NamedInteractions.Of(rows.Concat(Enumerable.Range(0, Users * OwnItems).Select(i => Row(i % Users, random.Next(items)))));

        static Interaction Row(int user, int item) => new(user.ToString(CultureInfo.InvariantCulture), item.ToString(CultureInfo.InvariantCulture));
    }
}
