using MLPipelines.Data;

namespace MLPipelines.Tests.Metrics;

// Expected numbers: scikit-learn 1.2.1, y and p as in BinaryMetricsTests, w = np.array([1,2,3]*4, float):
//   precision_recall_curve(y, p) and roc_curve(y, p, drop_intermediate=False), from the highest threshold down
//   accuracy_score, roc_auc_score, f1_score, log_loss (/ np.log(2)) and confusion_matrix with sample_weight=w; pr, rc, _ = precision_recall_curve(y, p, sample_weight=w); auc(rc, pr)
public class CurveTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed record Scored(bool Label, float Score, float Probability, bool PredictedLabel, float Weight);

    private static readonly IDataView Data = ML.Data.LoadFromEnumerable(new (int Label, float Score)[]
    {
        (1, .9f), (0, .9f), (1, .8f), (1, .5f), (0, .5f), (0, .5f), (1, .5f), (0, .4f), (1, .3f), (0, .3f), (0, .1f), (1, .05f),
    }.Select((r, i) => new Scored(r.Label == 1, r.Score, r.Score, r.Score > .5f, 1 + i % 3)).ToList());

    private static void AssertEqual(double[] expected, IEnumerable<double> actual) => Assert.Equal(expected, actual, (a, b) => a == b || Math.Abs(a - b) < 1e-12);

    [Fact]
    public void Each_threshold_is_that_of_scikit_learn()
    {
        var points = ML.BinaryClassification.EvaluateThresholds(Data);
        AssertEqual([double.PositiveInfinity, .9f, .8f, .5f, .4f, .3f, .1f, .05f], points.Select(p => p.Threshold));
        AssertEqual([1, 1 / 2.0, 2 / 3.0, 4 / 7.0, 1 / 2.0, 1 / 2.0, 5 / 11.0, 1 / 2.0], points.Select(p => p.Precision));
        AssertEqual([0, 1 / 6.0, 2 / 6.0, 4 / 6.0, 4 / 6.0, 5 / 6.0, 5 / 6.0, 1], points.Select(p => p.Recall));
        AssertEqual([0, 1 / 6.0, 1 / 6.0, 3 / 6.0, 4 / 6.0, 5 / 6.0, 1, 1], points.Select(p => p.FalsePositiveRate));
        Assert.Equal(points.Select(p => p.Recall), points.Select(p => p.TruePositiveRate));
    }

    [Fact]
    public void Metrics_and_curve_come_together()
    {
        var metrics = ML.BinaryClassification.EvaluateWithPRCurve(Data, "Label", "Score", "Probability", "PredictedLabel", out List<BinaryPrecisionRecallDataPoint> curve);
        var plain = ML.BinaryClassification.EvaluateWithPRCurve(Data, "Label", "Score", "PredictedLabel", out List<BinaryPrecisionRecallDataPoint> same);
        Assert.Equal(ML.BinaryClassification.Evaluate(Data).LogLoss, metrics.LogLoss);
        Assert.Equal(metrics.AreaUnderRocCurve, plain.AreaUnderRocCurve);
        Assert.Equal(8, curve.Count);
        Assert.Equal(curve.Select(p => p.Precision), same.Select(p => p.Precision));
        // The areas are those under the curve drawn by its points.
        double roc = 0, precisionRecall = 0;
        foreach (var (a, b) in curve.Zip(curve.Skip(1)))
        {
            roc += (b.FalsePositiveRate - a.FalsePositiveRate) * (b.TruePositiveRate + a.TruePositiveRate) / 2;
            precisionRecall += (b.Recall - a.Recall) * (b.Precision + a.Precision) / 2;
        }
        Assert.Equal(roc, metrics.AreaUnderRocCurve, 12);
        Assert.Equal(precisionRecall, metrics.AreaUnderPrecisionRecallCurve, 12);
    }

    [Fact]
    public void A_threshold_just_below_a_point_predicts_what_the_point_says()
    {
        var point = ML.BinaryClassification.EvaluateThresholds(Data)[3];
        float threshold = MathF.BitDecrement((float)point.Threshold);
        bool[] predicted = [.. Data.GetColumn<float>("Score").Select(score => score > threshold)];
        bool[] labels = [.. Data.GetColumn<bool>("Label")];
        Assert.Equal(point.Precision, labels.Where((_, i) => predicted[i]).Average(label => label ? 1.0 : 0), 12);
    }

    [Fact]
    public void Weighted_metrics_are_those_of_scikit_learn()
    {
        var metrics = ML.BinaryClassification.Evaluate(Data, exampleWeightColumnName: "Weight");
        Assert.Equal(0.5833333333333334, metrics.Accuracy, 12);
        Assert.Equal(0.4409722222222222, metrics.AreaUnderRocCurve, 12);
        Assert.Equal(0.4998546044598676, metrics.AreaUnderPrecisionRecallCurve, 12);
        Assert.Equal(0.4444444444444444, metrics.F1Score, 12);
        Assert.Equal(1.467951428767628, metrics.LogLoss, 12);
        Assert.Equal([[4, 8], [2, 10]], metrics.ConfusionMatrix.Counts);
        Assert.Equal(12, metrics.RowCount);
        Assert.Equal(metrics.AreaUnderRocCurve, ML.BinaryClassification.EvaluateNonCalibrated(Data, exampleWeightColumnName: "Weight").AreaUnderRocCurve);
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_an_error()
    {
        static string Message(float weight) => Assert.Throws<MLPipelinesException>(() =>
            ML.BinaryClassification.Evaluate(ML.Data.LoadFromEnumerable([new Scored(true, 1, 1, true, weight)]), exampleWeightColumnName: "Weight")).Message;
        Assert.Equal("Evaluate: row 0, column 'Weight': found the weight -1, expected a number that is not negative.", Message(-1));
        Assert.Equal("Evaluate: every row has the weight 0; metrics need a row that counts.", Message(0));
    }
}
