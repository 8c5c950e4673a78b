using MLPipelines.Recommendation;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Recommendation.Ratings;

public class RatingNeighboursTests
{
    /// <summary>By hand: without biases the residuals are r - 3. Users 0 to 3 give item 0 +2 -2 +1 -1, item 1 +1 -1 +2 -2, and item 2 -2 +2 -1 +1.</summary>
    private static readonly Interactions Ratings = RatingData.Of([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2], [5, 4, 1, 1, 2, 5, 4, 5, 2, 2, 1, 4], 4, 3);

    private static readonly RatingNeighboursOptions Options = new() { SimilarityShrinkage = 3, RatingShrinkage = 0.1, Baseline = new() { ItemRegularization = 1e9, UserRegularization = 1e9 } };

    [Fact]
    public void Likeness_is_the_correlation_shrunk_by_how_few_rated_both()
    {
        RecommenderModel model = new RatingNeighboursMethod(Options).Fit(Ratings, new TrainingEnvironment(1));
        float[] similarities = new float[3];
        model.Similarities(0, similarities);
        // (2 + 2 + 2 + 2) / 10, times 3 / (3 + 3); item 2 is the opposite of item 0.
        Assert.Equal([0f, 0.4f, 0f], similarities, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_rating_moves_towards_how_far_its_neighbours_lie_from_theirs()
    {
        RecommenderModel model = new RatingNeighboursMethod(Options).Fit(Ratings, new TrainingEnvironment(1));
        float[] shares = new float[2];
        model.Explain(-1, [1, 2], [5, 1], 0, shares);
        // 0.4 * 2 / (0.4 + 0.1); item 2 is no neighbour.
        Assert.Equal(1.6f, shares[0], 1e-5f);
        Assert.Equal(0, shares[1]);
        Assert.Equal(4.6f, model.Score(-1, [1, 2], [5, 1], 0), 1e-5f);
    }

    [DatasetFact("recommendation/ml-100k")]
    public void Neighbours_add_to_the_baseline_on_MovieLens() =>
        Assert.InRange(RatingData.MovieLensError(new RatingNeighboursMethod(), 2), 0.85, RatingData.MovieLensError(new RatingBaselineMethod(), 2) - 0.025);

    [Fact]
    public void Options_out_of_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingNeighboursMethod(new() { Neighbours = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingNeighboursMethod(new() { SimilarityShrinkage = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingNeighboursMethod(new() { RatingShrinkage = double.NaN }));
    }
}
