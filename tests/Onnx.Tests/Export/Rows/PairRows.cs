using MLPipelines.Recommendation;
using MLPipelines.Testing;

namespace MLPipelines.Onnx.Tests.Export.Rows;

/// <summary>A row per way of recommending that is the product of a user and an item.</summary>
internal static class PairRows
{
    internal static IEnumerable<ParityRow> All() =>
    [
        Row("Recommender by popularity", ml => ml.Recommendation().Trainers.Recommender(new PopularityMethod(), "User", "Item")),
        Row("Recommender by ALS", ml => ml.Recommendation().Trainers.Recommender(new ImplicitAlsMethod(), "User", "Item")),
        Row("Recommender by BPR", ml => ml.Recommendation().Trainers.Recommender(new BprMethod(), "User", "Item")),
        Row("Recommender by biases", ml => ml.Recommendation().Trainers.Recommender(new RatingBaselineMethod(), "User", "Item", "Rating")),
        Row("Recommender by factors of ratings", ml => ml.Recommendation().Trainers.Recommender(new BiasedFactorizationMethod(), "User", "Item", "Rating")),
        Row("Recommender by EASE", ml => ml.Recommendation().Trainers.Recommender(new EaseMethod(), "User", "Item")),
        Row("Recommender by neighbours of items", ml => ml.Recommendation().Trainers.Recommender(new ItemNeighboursMethod(), "User", "Item")),
        Row("Recommender by neighbours of ratings", ml => ml.Recommendation().Trainers.Recommender(new RatingNeighboursMethod(), "User", "Item", "Rating")),
        Row("Recommender of numbers", ml => ml.Recommendation().Trainers.Recommender(new RatingBaselineMethod(), "Number", "Item", "Rating")),
    ];

    /// <summary>Learned from most pairs and compared on all, of which some users and items are not known.</summary>
    private static ParityRow Row(string name, Func<MLContext, RecommenderEstimator> create) => new(name, ml => (new Fixed(create(ml).Fit(Pairs(160))), Pairs(200)));

    private static MemoryView Pairs(int rows)
    {
        var random = new Random(3);
        var pairs = Enumerable.Range(0, rows).Select(row => (User: row < 160 ? random.Next(20) : random.Next(30), Item: row < 160 ? random.Next(15) : random.Next(25), Rating: 1f + random.Next(5))).ToList();
        return new MemoryView()
            .AddText("User", [.. pairs.Select(pair => $"u{pair.User}")])
            .Add("Number", [.. pairs.Select(pair => (float)pair.User)])
            .AddText("Item", [.. pairs.Select(pair => $"i{pair.Item}")])
            .Add("Rating", [.. pairs.Select(pair => pair.Rating)]);
    }
}
