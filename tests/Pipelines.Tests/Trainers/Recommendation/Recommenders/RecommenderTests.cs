using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Recommenders;

public sealed class RecommenderTests
{
    private static readonly Interactions Tastes = TasteData.Create(80, 60, 10);
    private static readonly MLContext Context = new(seed: 1);

    public static TheoryData<string> Methods => [.. All.Keys];

    private static readonly Dictionary<string, RecommendationMethod> All = new RecommendationMethod[]
    {
        new PopularityMethod(),
        new EaseMethod(new EaseOptions { Regularization = 10 }),
        new ItemNeighboursMethod(),
        new ImplicitAlsMethod(new ImplicitAlsOptions { Rank = 8, Iterations = 10 }),
        new BprMethod(new BprOptions { Rank = 16, Iterations = 60 }),
    }.ToDictionary(method => method.Name);

    private static Recommender Fit(string method) => Recommender.Fit(All[method], TasteData.Named(Tastes), Context.Environment);

    private static int TasteOf(RecommendedItem item) => int.Parse(item.Item[1..], System.Globalization.CultureInfo.InvariantCulture) % TasteData.Tastes;

    [Theory]
    [MemberData(nameof(Methods))]
    public void Lists_are_sorted_and_leave_out_what_the_user_has_and_what_is_not_wanted(string method)
    {
        Recommender recommender = Fit(method);
        string[] own = [.. Tastes.ItemsOf(5).ToArray().Select(item => $"i{item}")];
        IReadOnlyList<RecommendedItem> all = recommender.Recommend("u5", 1000), some = recommender.Recommend("u5", 7, filter: item => item.EndsWith('3')), again = recommender.Recommend("u5", 1000, excludeSeen: false);
        Assert.Equal(60 - own.Length, all.Count);
        Assert.DoesNotContain(all, item => own.Contains(item.Item));
        Assert.Equal(60, again.Count);
        Assert.Equal(all.OrderByDescending(item => item.Score).Select(item => item.Score), all.Select(item => item.Score));
        Assert.Equal(all.Where(item => item.Item.EndsWith('3')).Take(7), some);
        Assert.Equal(all, recommender.Recommend(["u1", "u5"], 1000)[1]);
        foreach (RecommendedItem item in all) Assert.Equal(item.Score, recommender.Score("u5", item.Item), 1e-4f);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Who_is_not_known_gets_what_is_popular_and_no_score_is_NaN(string method)
    {
        Recommender recommender = Fit(method);
        int most = Enumerable.Range(0, 60).MaxBy(item => Tastes.ByItem.ItemsOf(item).Length);
        Assert.Equal($"i{most}", recommender.Recommend("nobody", 3)[0].Item);
        Assert.Equal(recommender.Recommend("nobody", 60), recommender.RecommendForBasket(["nothing"], 60));
        Assert.All(new[] { recommender.Score("nobody", "i1"), recommender.Score("u1", "nothing"), recommender.Score("nobody", "nothing") }, score => Assert.True(float.IsFinite(score)));
        Assert.Empty(recommender.SimilarItems("nothing", 3));
        Assert.Empty(recommender.Explain("nobody", "i1"));
        Assert.Empty(recommender.Explain("u1", "nothing"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Saved_and_loaded_it_says_the_same(string method)
    {
        Recommender recommender = Fit(method);
        IDataView pairs = Pairs();
        using var stream = new MemoryStream();
        Context.Model.Save(recommender, pairs.Schema, stream);
        stream.Position = 0;
        var loaded = (Recommender)Context.Model.Load(stream, out _);
        Assert.Equal(method, loaded.Method);
        Assert.Equal(recommender.Recommend("u3", 10), loaded.Recommend("u3", 10));
        Assert.Equal(recommender.RecommendForBasket(["i1", "i7"], 10), loaded.RecommendForBasket(["i1", "i7"], 10));
        Assert.Equal(recommender.SimilarItems("i2", 10), loaded.SimilarItems("i2", 10));
        Assert.Equal(recommender.Explain("u3", "i2"), loaded.Explain("u3", "i2"));
        Assert.Equal(recommender.Transform(pairs).GetColumn<float>("Score"), loaded.Transform(pairs).GetColumn<float>("Score"));
    }

    [Theory]
    [InlineData("EASE-R")]
    [InlineData("Item neighbours")]
    [InlineData("Implicit ALS")]
    [InlineData("BPR")]
    public void Baskets_similar_items_and_explanations_keep_to_the_taste(string method)
    {
        Recommender recommender = Fit(method);
        Assert.All(recommender.RecommendForBasket(["i2", "i6", "i10", "i14"], 3), item => Assert.Equal(2, TasteOf(item)));
        Assert.All(recommender.SimilarItems("i2", 3), item => Assert.Equal(2, TasteOf(item)));
        RecommendedItem best = recommender.Recommend("u2", 1)[0];
        Assert.Equal(2, TasteOf(recommender.Explain("u2", best.Item)[0]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void New_events_of_new_users_and_items_are_taken_in(string method)
    {
        Recommender recommender = Fit(method);
        Recommender updated = recommender.Update(
            [new("new", "i1"), new("new", "i5"), new("new", "i9"), new("u1", "novelty"), new("u5", "novelty"), new("u9", "novelty"), new("new", "novelty")], Context.Environment);
        Assert.Equal(81, updated.Users.Count);
        Assert.Equal(61, updated.Items.Count);
        Assert.Equal(60, recommender.Items.Count);
        IReadOnlyList<RecommendedItem> list = updated.Recommend("new", 100);
        Assert.Equal(57, list.Count);
        Assert.All(list, item => Assert.True(float.IsFinite(item.Score)));
        Assert.DoesNotContain(updated.Recommend("u1", 100), item => item.Item == "novelty");
        if (method is "Popularity") return;
        Assert.Equal(1, TasteOf(list[0]));
        // ALS learns the new item from its users.
        if (method is "Implicit ALS") Assert.Contains("novelty", updated.Recommend("u13", 12).Select(item => item.Item));
    }

    [Fact]
    public void Users_may_be_keys_or_numbers_as_well_as_text()
    {
        Recommender recommender = Recommender.Fit(All["EASE-R"], NamedInteractions.Of([new("7", "1"), new("7", "2"), new("8", "1"), new("8", "2"), new("9", "1")]), Context.Environment, new RecommenderColumns("User", "Item"));
        IDataView numbers = Context.Data.LoadFromEnumerable([new NumberPair { User = 9, Item = 2 }]);
        float score = recommender.Transform(numbers).GetColumn<float>("Score").Single();
        Assert.True(score > 0);
        Assert.Equal(recommender.Score("9", "2"), score);
    }

    private static IDataView Pairs() => Context.Data.LoadFromEnumerable<Pair>([new() { user = "u1", item = "i1" }, new() { user = "u2", item = "nothing" }, new() { user = "nobody", item = "i3" }]);

    private sealed class Pair
    {
        public string user { get; set; } = "";

        public string item { get; set; } = "";
    }

    private sealed class NumberPair
    {
        public int User { get; set; }

        public float Item { get; set; }
    }
}
