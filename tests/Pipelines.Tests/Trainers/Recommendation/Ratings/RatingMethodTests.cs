using MLPipelines.Recommendation;
using static MLPipelines.Tests.Trainers.Recommendation.Ratings.RatingData;

namespace MLPipelines.Tests.Trainers.Recommendation.Ratings;

/// <summary>What every method of ratings keeps to.</summary>
public class RatingMethodTests
{
    public static TheoryData<string> Methods => ["baseline", "neighbours", "factorization", "biases", "without rated items"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Scores_stay_within_the_ratings_seen_for_the_known_and_the_unknown(string method)
    {
        Interactions ratings = Planted(0.3, out _);
        List<float> scores = AllScores(Method(method).Fit(ratings, new TrainingEnvironment(1)));
        float[] seen = ratings.ToRows().Values;
        Assert.All(scores, score => Assert.InRange(score, seen.Min(), seen.Max()));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_saved_model_scores_bit_by_bit_the_same(string method)
    {
        RecommenderModel model = Method(method).Fit(Planted(0.3, out _), new TrainingEnvironment(1)), loaded = Load(Save(model));
        Assert.Equal(AllScores(model), AllScores(loaded));
        Assert.Equal(model.Score(-1, [2, 5], [5, 1], 7), loaded.Score(-1, [2, 5], [5, 1], 7));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Scores_of_all_items_are_those_of_pairs(string method)
    {
        RecommenderModel model = Method(method).Fit(Planted(0.3, out _), new TrainingEnvironment(1));
        float[] scores = new float[model.ItemCount];
        foreach (int user in (int[])[-1, 0, 7])
        {
            model.ScoreAll(user, [2, 5], [5, 1], scores);
            Assert.Equal(scores, Enumerable.Range(0, scores.Length).Select(item => model.Score(user, [2, 5], [5, 1], item)));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_known_user_is_learned_from_its_own_ratings_as_if_it_came_later(string method)
    {
        Interactions ratings = Planted(0.3, out _);
        RecommenderModel model = Method(method).Fit(ratings, new TrainingEnvironment(1));
        for (int user = 0; user < 20; user++)
            Assert.Equal(model.Score(user, ratings.ItemsOf(user), ratings.ValuesOf(user), 3), model.Score(-1, ratings.ItemsOf(user), ratings.ValuesOf(user), 3), 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void New_users_and_items_are_learned_without_the_others(string method)
    {
        Interactions ratings = Planted(0.3, out float[,] truth);
        RecommenderModel model = Method(method).Fit(ratings, new TrainingEnvironment(1));
        // A user who rates like the one who rates highest, and an item that users rate like the one that they rate highest.
        int user = Enumerable.Range(0, 120).MaxBy(i => Enumerable.Range(0, 80).Sum(j => truth[i, j])), item = Enumerable.Range(0, 80).MaxBy(j => Enumerable.Range(0, 120).Sum(i => truth[i, j]));
        var (users, items, values) = ratings.ToRows();
        int newUser = ratings.UserCount, newItem = ratings.ItemCount;
        int[] alike = [.. Enumerable.Range(0, 60)], raters = [.. Enumerable.Range(0, 100)];
        Interactions all = Of(
            [.. users, .. alike.Select(_ => newUser), .. raters], [.. items, .. alike, .. raters.Select(_ => newItem)],
            [.. values, .. alike.Select(j => truth[user, j]), .. raters.Select(i => truth[i, item])], newUser + 1, newItem + 1);
        RecommenderModel updated = model.Update(all, [.. raters, newUser], new TrainingEnvironment(1));
        Assert.Equal((newUser + 1, newItem + 1), (updated.UserCount, updated.ItemCount));
        double Error(Func<int, float> score, Func<int, float> right, IEnumerable<int> which) => Math.Sqrt(which.Average(i => Math.Pow(score(i) - right(i), 2)));
        int[] rest = [.. Enumerable.Range(60, 20)], others = [.. Enumerable.Range(100, 20)];
        // Biases do not see the factors, a part of what ratings vary by.
        double share = method is "baseline" or "neighbours" or "biases" ? 0.75 : 0.5;
        double ofUser = Error(j => updated.Score(newUser, [], [], j), j => truth[user, j], rest), ofItem = Error(i => updated.Score(i, [], [], newItem), i => truth[i, item], others);
        Assert.True(ofUser < share * Error(j => model.Score(-1, [], [], j), j => truth[user, j], rest), $"{ofUser}");
        Assert.True(ofItem < share * Error(i => model.Score(i, [], [], -1), i => truth[i, item], others), $"{ofItem}");
        Assert.Equal(model.Score(110, [], [], 3), updated.Score(110, [], [], 3));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Ratings_that_are_all_the_same_and_a_single_rating_are_learned(string method)
    {
        Assert.All(AllScores(Method(method).Fit(Of([0, 1, 1], [0, 0, 1], [4, 4, 4], 2, 2), new TrainingEnvironment(1))), score => Assert.Equal(4, score));
        Assert.All(AllScores(Method(method).Fit(Of([1], [1], [2], 3, 3), new TrainingEnvironment(1))), score => Assert.Equal(2, score));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void No_ratings_are_an_error(string method)
    {
        var error = Assert.Throws<MLPipelinesException>(() => Method(method).Fit(Of([], [], [], 2, 2), new TrainingEnvironment(1)));
        Assert.Contains("found no ratings", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_cancelled_run_ends(string method)
    {
        var environment = new TrainingEnvironment(1) { CancellationToken = new CancellationToken(true) };
        Assert.ThrowsAny<OperationCanceledException>(() => Method(method).Fit(Planted(0.3, out _), environment));
    }

    private static RecommendationMethod Method(string name) => name switch
    {
        "baseline" => new RatingBaselineMethod(),
        "neighbours" => new RatingNeighboursMethod(),
        "biases" => new BiasedFactorizationMethod(new() { Rank = 0 }),
        "without rated items" => new BiasedFactorizationMethod(new() { Rank = 3, UsesRatedItems = false }),
        _ => new BiasedFactorizationMethod(new() { Rank = 4 }),
    };
}
