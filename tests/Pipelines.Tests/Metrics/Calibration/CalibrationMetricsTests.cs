using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Metrics.Calibration;

// Expected numbers: scikit-learn 1.2.1, y, p and w as in CurveTests:
//   calibration_curve(y, p, n_bins=4, strategy='uniform' and 'quantile'); brier_score_loss(y, p), and with sample_weight=w
//   k=np.searchsorted(np.linspace(0,1,5)[1:-1],p); sum(abs(np.average(p[k==b],weights=w[k==b])-np.average(y[k==b],weights=w[k==b]))*w[k==b].sum() for b in set(k))/w.sum()
//   several classes: Y, S as in MulticlassMetricsTests, c=S.max(1), r=(S.argmax(1)==Y), the same with 5 bins; ((c-r)**2).mean()
public class CalibrationMetricsTests
{
    private static readonly MLContext ML = new(seed: 1);

    private static readonly MemoryView Data = new MemoryView()
        .Add("Label", true, false, true, true, false, false, true, false, true, false, false, true)
        .Add("Probability", .9f, .9f, .8f, .5f, .5f, .5f, .5f, .4f, .3f, .3f, .1f, .05f)
        .Add("Weight", 1f, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3);

    [Theory]
    [InlineData(CalibrationBinning.Uniform, new[] { 0.5, 0.42857142857142855, 0.6666666666666666 }, new[] { 0.07500000111758709, 0.4285714328289032, 0.8666666547457377 })]
    [InlineData(CalibrationBinning.Quantile, new[] { 0.5, 0.4, 0.6666666666666666 }, new[] { 0.18750000651925802, 0.4800000011920929, 0.8666666547457377 })]
    public void The_curve_is_that_of_scikit_learn(CalibrationBinning binning, double[] shares, double[] means)
    {
        var metrics = ML.BinaryClassification.EvaluateCalibration(Data, numberOfBins: 4, binning: binning);
        Assert.Equal(shares, metrics.Curve.Select(bin => bin.Share), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(means, metrics.Curve.Select(bin => bin.MeanProbability), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(12, metrics.Curve.Sum(bin => bin.Weight));
        Assert.Equal(0.2927083292665582, metrics.BrierScore, 12);
    }

    [Fact]
    public void The_errors_are_the_mean_and_the_largest_distance()
    {
        var metrics = ML.BinaryClassification.EvaluateCalibration(Data, numberOfBins: 4);
        Assert.Equal(0.12083333265036346, metrics.ExpectedCalibrationError, 12);
        Assert.Equal(0.4249999988824129, metrics.MaximumCalibrationError, 12);
        var weighted = ML.BinaryClassification.EvaluateCalibration(Data, numberOfBins: 4, exampleWeightColumnName: "Weight");
        Assert.Equal(0.17708333410943547, weighted.ExpectedCalibrationError, 12);
        Assert.Equal(0.337812494483466, weighted.BrierScore, 12);
    }

    [Fact]
    public void Of_several_classes_the_one_predicted_is_looked_at()
    {
        var data = new MemoryView().AddKeys("Label", [1, 2, 3, 3, 2, 1, 2, 3], "a", "b", "c")
            .AddVectors("Score", [[.7f, .2f, .1f], [.3f, .5f, .2f], [.2f, .3f, .5f], [.5f, .24f, .26f], [.1f, .11f, .79f], [.24f, .5f, .26f], [.2f, .6f, .2f], [.1f, .2f, .7f]], ["a", "b", "c"]);
        var metrics = ML.MulticlassClassification.EvaluateCalibration(data, numberOfBins: 5);
        Assert.Equal(0.026249997317790985, metrics.ExpectedCalibrationError, 12);
        Assert.Equal(0.24551250364184396, metrics.BrierScore, 12);
    }

    [Fact]
    public void What_is_no_probability_is_an_error()
    {
        var margins = new MemoryView().AddKeys("Label", [1, 2], "a", "b").AddVectors("Score", [[3f, -1], [0f, 2]]);
        Assert.Contains("column 'Score' has scores below 0 or above 1", Assert.Throws<MLPipelinesException>(() => ML.MulticlassClassification.EvaluateCalibration(margins)).Message, StringComparison.Ordinal);
        var scores = new MemoryView().Add("Label", true).Add("Probability", 1.5f);
        Assert.Contains("row 0, column 'Probability': found 1.5", Assert.Throws<MLPipelinesException>(() => ML.BinaryClassification.EvaluateCalibration(scores)).Message, StringComparison.Ordinal);
        Assert.Contains("the data has no rows", Assert.Throws<MLPipelinesException>(() => ML.BinaryClassification.EvaluateCalibration(MemoryView.Copy(Data, []))).Message, StringComparison.Ordinal);
    }
}
