using MLPipelines.Trainers.FastTree;

namespace MLPipelines.Tests.Trainers.Trees.FastTree;

/// <summary>After which of some scores each rule stops, by hand.</summary>
public class StoppingRuleTests
{
    public static TheoryData<EarlyStoppingRuleBase, float[], int> Rules => new()
    {
        // More than 0.1 above the best, 0.5.
        { new TolerantEarlyStoppingRule(0.1f), [1, 0.5f, 0.59f, 0.62f], 4 },
        // More than 10 % above the best.
        { new GeneralityLossRule(0.1f), [1, 0.5f, 0.54f, 0.56f], 4 },
        // Twice in a row not better than before.
        { new ConsecutiveGeneralityLossRule(2), [1, 0.5f, 0.6f, 0.55f, 0.6f, 0.7f], 6 },
        // Once three are known beyond the first, their mean is within 10 % of the best of them.
        { new LowProgressRule(0.1f, 3), [1, 0.5f, 0.3f, 0.29f, 0.28f], 5 },
        // The scores of training are the same here: 0.5 · 0.45 > 1.01 · 0.4 · mean only at the end.
        { new GeneralityToProgressRatioRule(0.01f, 2), [1, 0.5f, 0.4f, 0.5f], 4 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_stops_where_it_says(EarlyStoppingRuleBase rule, float[] scores, int expected)
    {
        EarlyStoppingRuleBase started = rule.Start(lowerIsBetter: true);
        float best = float.PositiveInfinity;
        for (int i = 0; i < scores.Length; i++)
        {
            bool stops = started.CheckScore(scores[i], scores[i], out bool isBest);
            Assert.Equal(scores[i] < best, isBest);
            best = Math.Min(best, scores[i]);
            Assert.Equal(i + 1 == expected, stops);
        }
    }

    [Fact]
    public void Scores_that_are_better_the_higher_they_are_stop_when_they_fall()
    {
        EarlyStoppingRuleBase rule = new GeneralityLossRule(0.1f).Start(lowerIsBetter: false);
        Assert.False(rule.CheckScore(0.5f, 0, out _));
        Assert.False(rule.CheckScore(0.46f, 0, out _));
        Assert.True(rule.CheckScore(0.44f, 0, out bool isBest));
        Assert.False(isBest);
    }

    [Fact]
    public void Thresholds_out_of_range_are_named()
    {
        Assert.Equal("threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new GeneralityLossRule(2)).ParamName);
        Assert.Equal("windowSize", Assert.Throws<ArgumentOutOfRangeException>(() => new LowProgressRule(windowSize: 0)).ParamName);
    }
}
