using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Tests.Trainers.Linear;

namespace MLPipelines.Tests.Metrics;

// Expected numbers: scikit-learn 1.2.1, the mean over the groups of
//   g = np.array([0, 3, 7, 15, 31.]); ndcg_score([g[labels]], [scores], k=n); dcg_score([g[labels]], [scores], k=n, log_base=np.e)
public class RankingMetricsTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed record Scored(float Label, [property: KeyType(999)] uint GroupId, float Score);

    private static readonly Scored[] Rows =
    [
        new(2, 1, 1.5f), new(4, 1, .5f), new(0, 1, 2), new(1, 1, .25f), new(3, 1, 1), new(0, 1, 3),
        new(1, 4, .2f), new(0, 4, .1f), new(0, 2, 1), new(0, 2, 2), new(0, 2, 3),
    ];

    private static RankingMetrics Evaluate(IEnumerable<Scored> rows, RankingEvaluatorOptions? options = null) => ML.Ranking.Evaluate(ML.Data.LoadFromEnumerable(rows), options);

    [Fact]
    public void Gains_are_those_of_scikit_learn()
    {
        var metrics = ML.Ranking.Evaluate(ML.Data.LoadFromEnumerable(Rows));
        Assert.Equal((10, 10), (metrics.NormalizedDiscountedCumulativeGains.Count, metrics.DiscountedCumulativeGains.Count));
        double[] normalized = [0.3333333333333333, 0.3333333333333333, 0.35987022923914697, 0.4950253155969518, 0.5028962581501047];
        double[] gains = [1.4426950408889632, 1.4426950408889632, 3.12583925525942, 11.999657069087036, 12.513555411456787];
        foreach (var (i, places) in new[] { 1, 2, 3, 5, 10 }.Index())
        {
            Assert.Equal(normalized[i], metrics.NormalizedDiscountedCumulativeGains[places - 1], 12);
            Assert.Equal(gains[i], metrics.DiscountedCumulativeGains[places - 1], 12);
        }
        Assert.Equal((3, 11, 0), (metrics.GroupCount, metrics.RowCount, metrics.UnlabeledRowCount));
    }

    /// <summary>ML.NET begins a group at each change of key; here each such run gets a key of its own.</summary>
    [DatasetFact(MlNetBaselines.Archive)]
    public void Gains_are_those_of_mlnet()
    {
        uint run = 1;
        float[][] rows = MlNetBaselines.Rows("Command/CommandTrainRanking-3-metrics", rowsAbove: 1);
        var metrics = Evaluate(rows.Select((row, i) => new Scored(row[2], i > 0 && row[1] != rows[i - 1][1] ? ++run : run, row[3])));
        // Common/Command/CommandTrainRanking-summary1.txt of the archive.
        double[] normalized = [0.31349206349206349, 0.32891618891614288, 0.34216794121096977, 0.34216794121096977, 0.34352980767139141,
            0.34315819390095437, 0.34315819390095437, 0.34353700514337288, 0.34463092617513091, 0.34463092617513091];
        double[] gains = [1.3568203360741444, 1.5627077801921194, 1.6571699554884201, 1.6645667999474634, 1.6778551481986836,
            1.6778551481986836, 1.6778551481986836, 1.6832732388333671, 1.6936135836405872, 1.6936135836405872];
        Assert.Equal(normalized, metrics.NormalizedDiscountedCumulativeGains, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(gains, metrics.DiscountedCumulativeGains, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(252, metrics.GroupCount);
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var mixed = Evaluate(Rows.OrderBy(row => row.Score));
        Assert.Equal(Evaluate(Rows).NormalizedDiscountedCumulativeGains.Select(gain => Math.Round(gain, 12)), mixed.NormalizedDiscountedCumulativeGains.Select(gain => Math.Round(gain, 12)));
        Assert.Equal(3, mixed.GroupCount);
        var view = MemoryView.Copy(ML.Data.LoadFromEnumerable(Rows), batchSize: 2);
        Assert.Equal(Evaluate(Rows).DiscountedCumulativeGains, ML.Ranking.Evaluate(view).DiscountedCumulativeGains);
    }

    [Fact]
    public void Of_equal_scores_the_least_relevant_comes_first()
    {
        // By hand: gains 0, 3 where 3, 0 is best: (3 / ln 3) / (3 / ln 2).
        var metrics = Evaluate([new(1, 1, 0), new(0, 1, 0)]);
        Assert.Equal(0, metrics.NormalizedDiscountedCumulativeGains[0]);
        Assert.Equal(Math.Log(2) / Math.Log(3), metrics.NormalizedDiscountedCumulativeGains[1], 12);
        Assert.Equal(3 / Math.Log(3), metrics.DiscountedCumulativeGains[9], 12);
    }

    [Fact]
    public void Gains_and_the_number_of_places_may_be_chosen()
    {
        // By hand: gains 1, 0.5 where 1, 0.5 is best, then 0.5 / ln 3 more.
        var metrics = Evaluate([new(1, 1, 2), new(0, 1, 1)], new() { DcgTruncationLevel = 2, LabelGains = " 0.5, 1" });
        Assert.Equal([1, 1], metrics.NormalizedDiscountedCumulativeGains);
        Assert.Equal(1 / Math.Log(2), metrics.DiscountedCumulativeGains[0], 12);
        Assert.Equal(1 / Math.Log(2) + .5 / Math.Log(3), metrics.DiscountedCumulativeGains[1], 12);
    }

    [Fact]
    public void Keys_count_relevance_from_zero_and_rows_without_one_are_left_out()
    {
        var keys = new MemoryView().AddKeys("Label", [1, 2, 0, 3], "bad", "fair", "good").AddKeys("GroupId", [1, 1, 1, 1], "a").Add("Score", 4f, 3, 2, 1);
        var metrics = ML.Ranking.Evaluate(keys);
        Assert.Equal((3, 1), (metrics.RowCount, metrics.UnlabeledRowCount));
        Assert.Equal(3 / Math.Log(3) + 7 / Math.Log(4), metrics.DiscountedCumulativeGains[9], 12);
    }

    [Fact]
    public void Data_that_has_no_metrics_is_an_error()
    {
        Assert.Contains("the data has no rows", Assert.Throws<MLPipelinesException>(() => Evaluate([])).Message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 'Label': found the label 5, expected a whole number from 0 to 4",
            Assert.Throws<MLPipelinesException>(() => Evaluate([new(4, 1, 0), new(5, 1, 0)])).Message, StringComparison.Ordinal);
        Assert.Contains("found the label 0.5", Assert.Throws<MLPipelinesException>(() => Evaluate([new(.5f, 1, 0)])).Message, StringComparison.Ordinal);
        Assert.Contains("row 0, column 'GroupId': the group is missing", Assert.Throws<MLPipelinesException>(() => Evaluate([new(1, uint.MaxValue, 0)])).Message, StringComparison.Ordinal);
        Assert.Contains("column 'Score': found NaN", Assert.Throws<MLPipelinesException>(() => Evaluate([new(1, 1, float.NaN)])).Message, StringComparison.Ordinal);
        Assert.Contains("column 'Label' is Single, expected a key", Assert.Throws<ArgumentOutOfRangeException>(() =>
            ML.Ranking.Evaluate(ML.Data.LoadFromEnumerable(Rows), rowGroupColumnName: "Label")).Message, StringComparison.Ordinal);
        Assert.Contains("found 'x', expected a number", Assert.Throws<FormatException>(() => Evaluate(Rows, new() { LabelGains = "0,x" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(Rows, new() { DcgTruncationLevel = 0 }));
    }

    [Fact]
    public void Cross_validation_keeps_groups_together()
    {
        IDataView data = ML.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Scored(i % 5, (uint)(1 + i % 8), i % 5)));
        var results = ML.Ranking.CrossValidate(data, ML.Transforms.CopyColumns("Copy", "Score"), numberOfFolds: 4, seed: 5);
        Assert.Equal(4, results.Count);
        Assert.All(results, result => Assert.Equal((2, 10, 1.0), (result.Metrics.GroupCount, result.Metrics.RowCount, result.Metrics.NormalizedDiscountedCumulativeGains[2])));
    }
}
