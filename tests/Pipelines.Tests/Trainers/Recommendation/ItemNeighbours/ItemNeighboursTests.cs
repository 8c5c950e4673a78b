using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.ItemNeighbours;

public sealed class ItemNeighboursTests
{
    private static RecommenderModel Fit(Interactions interactions, ItemNeighboursOptions options) => new ItemNeighboursMethod(options).Fit(interactions, new MLContext(1).Environment);

    [Fact]
    public void Likeness_is_the_cosine_with_shrinkage()
    {
        // a = (1, 2, 0), b = (2, 1, 1), c = (0, 0, 3): a·b = 4, |a| = √5, |b| = √6; b·c = 3, |c| = 3.
        var interactions = NamedInteractions.Merge([0, 1, 0, 1, 2, 2], [0, 0, 1, 1, 1, 2], [1, 2, 2, 1, 1, 3], 3, 3, DuplicatePairs.Last);
        float[] likeness = new float[3];
        Fit(interactions, new ItemNeighboursOptions { Shrinkage = 2 }).Similarities(1, likeness);
        Assert.Equal(4 / (Math.Sqrt(30) + 2), likeness[0], 1e-6);
        Assert.Equal(0, likeness[1]);
        Assert.Equal(3 / (Math.Sqrt(54) + 2), likeness[2], 1e-6);
    }

    [Fact]
    public void Only_the_nearest_count_and_shares_add_up_to_the_score()
    {
        Interactions interactions = TasteData.Create(100, 60, 12, weighted: true);
        RecommenderModel model = Fit(interactions, new ItemNeighboursOptions { Neighbours = 5 });
        float[] likeness = new float[60], scores = new float[60];
        model.Similarities(3, likeness);
        Assert.Equal(5, likeness.Count(value => value > 0));
        ReadOnlySpan<int> own = interactions.ItemsOf(9);
        ReadOnlySpan<float> values = interactions.ValuesOf(9);
        model.ScoreAll(9, own, values, scores);
        float[] shares = new float[own.Length];
        for (int item = 0; item < 60; item++)
        {
            model.Explain(9, own, values, item, shares);
            Assert.Equal(scores[item], shares.Sum(), 1e-4f);
            Assert.Equal(scores[item], model.Score(9, own, values, item), 1e-4f);
        }
    }
}
