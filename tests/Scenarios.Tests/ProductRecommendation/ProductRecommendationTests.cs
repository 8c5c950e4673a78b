using MLPipelines.Recommendation;
using MLPipelines.Scenarios.ProductRecommendation;
using MLPipelines.Scenarios.Tests.TextClassification;

namespace MLPipelines.Scenarios.Tests.ProductRecommendation;

public sealed class ProductRecommendationTests
{
    private static readonly EventLog Shop = EventLog.Load(SampleTexts.DataFile("shop-events.csv"), new EventOptions { UserColumn = "customer" });

    private static readonly Lazy<ProductRecommendationResult> Learned = new(() => new ProductRecommendationTrainer(new MLContext(1)).Train(Shop));

    [Fact]
    public void The_chosen_method_beats_popularity_on_the_shops_events()
    {
        ProductRecommendationResult result = Learned.Value;
        RecommendationScores scores = result.Trials[0].Scores!;
        Assert.StartsWith("the last item of each user (", result.Validation, StringComparison.Ordinal);
        Assert.True(scores.Lists.NormalizedDiscountedCumulativeGain > 1.2 * scores.Popularity.NormalizedDiscountedCumulativeGain, $"{scores}");
        Assert.All(result.Trials, trial => Assert.True(trial.Scores!.Lists.NormalizedDiscountedCumulativeGain <= scores.Lists.NormalizedDiscountedCumulativeGain));
        Assert.Contains(result.Trials, trial => trial.Method == "Popularity");
        Assert.Equal(["ndcg@10", "recall@10", "hitRate@10", "coverage"], scores.Metrics.Select(metric => metric.Key));
    }

    [Fact]
    public void A_saved_model_recommends_the_same_to_known_and_new_customers()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.zip");
        var context = new MLContext(1);
        Recommender model = Learned.Value.Model;
        Learned.Value.Save(context, path);
        var loaded = (Recommender)context.Model.Load(path, out _);
        File.Delete(path);
        Assert.Equal(model.Recommend("C-1010", 10), loaded.Recommend("C-1010", 10));
        IReadOnlyList<RecommendedItem> basket = loaded.RecommendForBasket(["Microphone", "Headset"], 3);
        Assert.Equal(model.RecommendForBasket(["Microphone", "Headset"], 3), basket);
        Assert.Contains(basket, item => item.Item is "Pop filter" or "Microphone arm" or "Headphone hook" or "Conference speaker");
        Assert.All(loaded.Recommend("nobody", 5), item => Assert.True(float.IsFinite(item.Score)));
    }

    [Fact]
    public void The_same_seed_chooses_the_same_and_saves_the_same_bytes()
    {
        Assert.Equal(Bytes(), Bytes());

        static byte[] Bytes()
        {
            string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.zip");
            var context = new MLContext(3);
            new ProductRecommendationTrainer(context, new ProductRecommendationOptions { Validation = EventSplitKind.Ratio }).Train(Shop).Save(context, path);
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return bytes;
        }
    }

    [Theory]
    [InlineData(EventSplitKind.Time, "the last events of all (")]
    [InlineData(EventSplitKind.Ratio, "items of each user by chance (")]
    public void Validation_is_as_asked_for(EventSplitKind kind, string words)
    {
        var options = new ProductRecommendationOptions { Method = "popularity", Validation = kind };
        ProductRecommendationResult result = new ProductRecommendationTrainer(new MLContext(1), options).Train(Shop);
        Assert.StartsWith(words, result.Validation, StringComparison.Ordinal);
        RecommendationScores scores = Assert.Single(result.Trials).Scores!;
        Assert.Equal(scores.Baseline, scores.Metrics);
    }

    [Fact]
    public void Users_with_one_item_leave_nothing_to_compare_by()
    {
        EventLog single = Read(("a", "x"), ("b", "x"), ("c", "y"));
        ProductRecommendationResult result = new ProductRecommendationTrainer(new MLContext(1)).Train(single);
        Assert.Equal("not compared: Nothing is left to measure on: no user has two items.", result.Validation);
        Assert.Equal("x", result.Model.Recommend("new", 1)[0].Item);
        var asked = new ProductRecommendationTrainer(new MLContext(1), new ProductRecommendationOptions { Validation = EventSplitKind.LeaveLastOut });
        Assert.Contains("no user has two items", Assert.Throws<MLPipelinesException>(() => asked.Train(single)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Contains("There is no method 'magic' for implicit feedback", Assert.Throws<ArgumentException>(() =>
            new ProductRecommendationTrainer(new MLContext(1), new ProductRecommendationOptions { Method = "magic" }).Train(Shop)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProductRecommendationTrainer(new MLContext(1), new ProductRecommendationOptions { ValidationShare = 1 }));
    }

    [Fact]
    public void Items_that_training_never_saw_are_missed_and_their_ratings_are_finite()
    {
        ProductRecommendationResult result = new ProductRecommendationTrainer(new MLContext(1)).Train(Read(("a", "x"), ("a", "y"), ("b", "x"), ("b", "z")));
        RecommendationScores scores = RecommendationScores.Of(result.Model, Read(("a", "new"), ("b", "y")).ToInteractions(), hasRatings: false);
        // The list of a has z alone, that of b has y alone.
        Assert.Equal(0.5, scores.Lists.Recall);
        Assert.True(float.IsFinite(result.Model.Score("a", "new")));
    }

    private sealed class Row
    {
        public string User { get; set; } = "";

        public string Item { get; set; } = "";
    }

    private static EventLog Read(params (string User, string Item)[] rows) => EventLog.Read(new MLContext(1).Data.LoadFromEnumerable(rows.Select(row => new Row { User = row.User, Item = row.Item }).ToArray()));
}
