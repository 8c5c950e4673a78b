using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Tests.Trainers.Linear;

namespace MLPipelines.Tests.Metrics;

// Expected numbers: scikit-learn 1.2.1,
//   y = np.array([1,0,1,0,0,1,0,0,1,0,0,0]); s = np.array([.9,.8,.8,.7,.6,.6,.5,.4,.3,.3,.2,.1], dtype=np.float32)
//   roc_auc_score(y, s); fpr, tpr, _ = roc_curve(y, s, drop_intermediate=False); tpr[np.round(fpr * (y == 0).sum()) <= k].max()
public class AnomalyDetectionMetricsTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed record Scored(bool Label, float Score, bool PredictedLabel);

    private static readonly Scored[] Rows = [.. new (int Label, float Score)[]
    {
        (1, .9f), (0, .8f), (1, .8f), (0, .7f), (0, .6f), (1, .6f), (0, .5f), (0, .4f), (1, .3f), (0, .3f), (0, .2f), (0, .1f),
    }.Select(row => new Scored(row.Label == 1, row.Score, row.Score > .65f))];

    private static AnomalyDetectionMetrics Evaluate(IEnumerable<Scored> rows, int falsePositives = 10) =>
        ML.AnomalyDetection.Evaluate(ML.Data.LoadFromEnumerable(rows), falsePositiveCount: falsePositives);

    [Theory]
    [InlineData(0, .25)]
    [InlineData(1, .5)]
    [InlineData(2, .5)]
    [InlineData(3, .75)]
    [InlineData(4, .75)]
    [InlineData(6, 1)]
    [InlineData(10, 1)]
    public void All_metrics_are_those_of_scikit_learn_in_any_order_of_rows(int falsePositives, double detected)
    {
        foreach (var rows in new IEnumerable<Scored>[] { Rows, Rows.Reverse() })
        {
            var metrics = Evaluate(rows, falsePositives);
            Assert.Equal(0.734375, metrics.AreaUnderRocCurve, 12);
            Assert.Equal(detected, metrics.DetectionRateAtFalsePositiveCount, 12);
            Assert.Equal([[2, 2], [2, 6]], metrics.ConfusionMatrix.Counts);
            Assert.Equal(12, metrics.RowCount);
        }
    }

    [DatasetFact(MlNetBaselines.Archive)]
    public void All_metrics_are_those_of_mlnet()
    {
        float[][] rows = MlNetBaselines.Rows("pcaAnomaly/Default-TrainTest-mnistOneClass", rowsAbove: 1);
        var metrics = Evaluate(rows.Select(row => new Scored(row[1] > 0, row[2], row[2] > .5f)));
        // Common/pcaAnomaly/Default-TrainTest-mnistOneClass-out.txt of the archive.
        Assert.Equal((0.956190, 0.9), (Math.Round(metrics.AreaUnderRocCurve, 6), Math.Round(metrics.DetectionRateAtFalsePositiveCount, 6)));
    }

    [Fact]
    public void Data_that_has_no_metrics_is_an_error()
    {
        Assert.Contains("all 8 rows are negative", Assert.Throws<MLPipelinesException>(() => Evaluate(Rows.Where(row => !row.Label))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(Rows, -1));
        Assert.Contains("column 'Score' is Single, expected Boolean", Assert.Throws<ArgumentOutOfRangeException>(() =>
            ML.AnomalyDetection.Evaluate(ML.Data.LoadFromEnumerable(Rows), predictedLabelColumnName: "Score")).Message, StringComparison.Ordinal);
    }
}
