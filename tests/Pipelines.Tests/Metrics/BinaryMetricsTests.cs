using MLPipelines.Data;

namespace MLPipelines.Tests.Metrics;

// Expected numbers: scikit-learn 1.2.1,
//   y = np.array([1,0,1,1,0,0,1,0,1,0,0,1]); p = np.array([.9,.9,.8,.5,.5,.5,.5,.4,.3,.3,.1,.05], dtype=np.float32).astype(np.float64); d = p > .5
//   accuracy_score(y, d); roc_auc_score(y, p); pr, rc, _ = precision_recall_curve(y, p); auc(rc, pr)
//   f1_score(y, d); precision_score and recall_score (y, d, pos_label=1 and 0); log_loss(y, p) / np.log(2)
public class BinaryMetricsTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed record Scored(bool Label, float Score, float Probability, bool PredictedLabel);

    private static readonly Scored[] Rows = [.. new (int Label, float Score)[]
    {
        (1, .9f), (0, .9f), (1, .8f), (1, .5f), (0, .5f), (0, .5f), (1, .5f), (0, .4f), (1, .3f), (0, .3f), (0, .1f), (1, .05f),
    }.Select(r => new Scored(r.Label == 1, r.Score, r.Score, r.Score > .5f))];

    private static CalibratedBinaryClassificationMetrics Evaluate(IEnumerable<Scored> rows) => ML.BinaryClassification.Evaluate(ML.Data.LoadFromEnumerable(rows));

    [Fact]
    public void All_metrics_are_those_of_scikit_learn()
    {
        var metrics = Evaluate(Rows);
        Assert.Equal(0.5833333333333334, metrics.Accuracy, 12);
        Assert.Equal(0.5555555555555556, metrics.AreaUnderRocCurve, 12);
        Assert.Equal(0.5914502164502164, metrics.AreaUnderPrecisionRecallCurve, 12);
        Assert.Equal(0.4444444444444444, metrics.F1Score, 12);
        Assert.Equal(0.6666666666666666, metrics.PositivePrecision, 12);
        Assert.Equal(0.3333333333333333, metrics.PositiveRecall, 12);
        Assert.Equal(0.5555555555555556, metrics.NegativePrecision, 12);
        Assert.Equal(0.8333333333333334, metrics.NegativeRecall, 12);
        Assert.Equal(1.2715245389944783, metrics.LogLoss, 12);
        Assert.Equal(1.0, metrics.Entropy, 12);
        Assert.Equal(-0.27152453899447826, metrics.LogLossReduction, 12);
        Assert.Equal(12, metrics.RowCount);
        Assert.Equal([[2, 4], [1, 5]], metrics.ConfusionMatrix.Counts);
    }

    [Fact]
    public void The_confusion_table_is_that_of_mlnet() => Assert.Equal(
        """
        TEST POSITIVE RATIO:	0.5000 (6.0/(6.0+6.0))
        Confusion table
                  ||======================
        PREDICTED || positive | negative | Recall
        TRUTH     ||======================
         positive ||        2 |        4 | 0.3333
         negative ||        1 |        5 | 0.8333
                  ||======================
        Precision ||   0.6667 |   0.5556 |

        """, Evaluate(Rows).ConfusionMatrix.GetFormattedConfusionTable(), ignoreLineEndingDifferences: true);

    [Fact]
    public void The_order_of_rows_does_not_matter_where_scores_are_equal()
    {
        var forward = Evaluate(Rows);
        var backward = Evaluate(Rows.Reverse());
        Assert.Equal(forward.AreaUnderRocCurve, backward.AreaUnderRocCurve, 12);
        Assert.Equal(forward.AreaUnderPrecisionRecallCurve, backward.AreaUnderPrecisionRecallCurve, 12);
    }

    [Theory]
    [InlineData(1f, 1.0, 1.0)]
    [InlineData(-1f, 0.0, 7.0 / 24)] // By hand: precision 0, 1/3, 1/2 at recall 0, 1/2, 1: half of (0 + 1/3) / 2 and half of (1/3 + 1/2) / 2.
    public void A_perfect_and_a_reversed_ranking_have_extreme_areas(float sign, double roc, double precisionRecall)
    {
        Scored[] rows = [new(true, 4 * sign, .5f, true), new(true, 3 * sign, .5f, true), new(false, 2 * sign, .5f, false), new(false, 1 * sign, .5f, false)];
        var metrics = Evaluate(rows);
        Assert.Equal(roc, metrics.AreaUnderRocCurve, 12);
        Assert.Equal(precisionRecall, metrics.AreaUnderPrecisionRecallCurve, 12);
    }

    [Fact]
    public void A_certain_and_wrong_probability_has_a_finite_loss()
    {
        // -log2(1e-15) = 49.83 bits for one of two rows.
        var metrics = Evaluate([new(true, 0, 0, false), new(false, 0, 0, false)]);
        Assert.Equal(-Math.Log2(1e-15) / 2, metrics.LogLoss, 9);
    }

    [Fact]
    public void Evaluation_without_probabilities_needs_none()
    {
        IDataView data = ML.Data.LoadFromEnumerable(Rows.Select(r => new { r.Label, r.Score, r.PredictedLabel }));
        Assert.Equal(0.5555555555555556, ML.BinaryClassification.EvaluateNonCalibrated(data).AreaUnderRocCurve, 12);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ML.BinaryClassification.Evaluate(data));
        Assert.Contains("column 'Probability' not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("EvaluateNonCalibrated works without probabilities", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_counted()
    {
        IDataView data = ML.Data.LoadFromEnumerable(Rows.Select(r => new { Label = r.Label ? 1f : 0f, r.Score, r.PredictedLabel }).Append(new { Label = float.NaN, Score = 1f, PredictedLabel = true }));
        var metrics = ML.BinaryClassification.EvaluateNonCalibrated(data);
        Assert.Equal((12, 1), (metrics.RowCount, metrics.UnlabeledRowCount));
        Assert.Equal(0.5833333333333334, metrics.Accuracy, 12);
    }

    [Fact]
    public void Data_that_has_no_metrics_is_an_error()
    {
        Assert.Equal("Evaluate: the data has no rows; metrics need at least one.", Assert.Throws<MLPipelinesException>(() => Evaluate([])).Message);
        Assert.Contains("all 1 rows are positive", Assert.Throws<MLPipelinesException>(() => Evaluate([Rows[0]])).Message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 'Score': found NaN", Assert.Throws<MLPipelinesException>(() => Evaluate([Rows[0], Rows[1] with { Score = float.NaN }])).Message, StringComparison.Ordinal);
        Assert.Contains("row 0, column 'Probability': found 2, expected a probability", Assert.Throws<MLPipelinesException>(() => Evaluate([Rows[0] with { Probability = 2 }])).Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() => ML.BinaryClassification.Evaluate(ML.Data.LoadFromEnumerable(Rows.Select(r => new { Label = "yes", r.Score, r.Probability, r.PredictedLabel }))));
        Assert.Contains("column 'Label' is String, expected Boolean", wrong.Message, StringComparison.Ordinal);
    }
}
