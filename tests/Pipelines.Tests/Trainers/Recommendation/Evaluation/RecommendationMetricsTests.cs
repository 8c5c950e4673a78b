using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Tests.Trainers.Recommendation.Evaluation;

public sealed class RecommendationMetricsTests
{
    private static RecommendationMetrics Of(int count, params (int[] Listed, int[] Relevant)[] users)
    {
        var tally = new RecommendationTally(count, [4, 2, 1, 1, 0], 4);
        foreach (var (listed, relevant) in users) tally.Add(listed, relevant);
        return tally.ToMetrics();
    }

    [Fact]
    public void Two_users_by_hand()
    {
        // User 1: hits in places 1 and 3 of 3, three relevant. User 2: no hit.
        RecommendationMetrics metrics = Of(3, ([2, 0, 1], [1, 2, 4]), ([0, 1, 3], [2]));
        double gain = 1 + (1 / Math.Log2(4)), best = 1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4));
        Assert.Equal(gain / best / 2, metrics.NormalizedDiscountedCumulativeGain, 1e-12);
        Assert.Equal(2.0 / 3 / 2, metrics.Recall, 1e-12);
        Assert.Equal(2.0 / 3 / 2, metrics.Precision, 1e-12);
        Assert.Equal(0.5, metrics.HitRate);
        Assert.Equal((1 + (2.0 / 3)) / 3 / 2, metrics.MeanAveragePrecision, 1e-12);
        Assert.Equal(4.0 / 5, metrics.Coverage, 1e-12);
        // Shares of users are 1, 1/2, 1/4, 1/4: 0, 1, 2 and 2 bits.
        Assert.Equal((2 + 0 + 1 + 0 + 1 + 2) / 6.0, metrics.Novelty, 1e-12);
        Assert.Equal(2, metrics.UserCount);
    }

    [Fact]
    public void A_right_list_that_is_full_is_worth_1_however_much_more_is_relevant()
    {
        RecommendationMetrics metrics = Of(2, ([3, 1], [1, 2, 3, 4]));
        Assert.Equal(1, metrics.NormalizedDiscountedCumulativeGain, 1e-12);
        Assert.Equal(1, metrics.MeanAveragePrecision, 1e-12);
        Assert.Equal(0.5, metrics.Recall);
    }

    [Fact]
    public void Users_who_took_nothing_later_are_left_out()
    {
        RecommendationMetrics metrics = Of(1, ([0], []), ([1], [1]));
        Assert.Equal(1, metrics.UserCount);
        Assert.Equal(1, metrics.HitRate);
        Assert.Equal(1.0 / 5, metrics.Coverage, 1e-12);
    }

    [Fact]
    public void Without_users_nothing_is_known() => Assert.True(double.IsNaN(Of(1).Recall));

    [Fact]
    public void What_users_had_is_not_listed_and_what_nobody_had_is_missed()
    {
        var training = NamedInteractions.Merge([0, 0, 1, 1, 2], [0, 1, 0, 2, 0], [1, 1, 1, 1, 1], 3, 3, DuplicatePairs.Last);
        // User 0 takes item 2, and user 2 an item that training never saw; user 3 is new and takes item 0.
        var later = NamedInteractions.Merge([0, 2, 3], [2, 3, 0], [1, 1, 1], 4, 4, DuplicatePairs.Last);
        RecommendationMetrics metrics = RankingEvaluation.Evaluate(new PopularityMethod().Fit(training, new MLContext(1).Environment), training, later, 1);
        Assert.Equal(3, metrics.UserCount);
        Assert.Equal(2.0 / 3, metrics.Recall, 1e-12);
    }
}
