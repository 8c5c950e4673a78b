using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Metrics.Bootstrap;

public class BootstrapTests
{
    private static readonly MLContext ML = new(seed: 1);

    private static double Mean(IDataView rows) => rows.GetColumn<float>("X").Average();

    private static MemoryView Numbers(int count, Func<int, double> number) => new MemoryView(batchSize: 16).Add("X", [.. Enumerable.Range(0, count).Select(i => (float)number(i))]);

    // SciPy: x=np.exp(np.sin(np.arange(60)*1.3)*1.2); scipy.stats.bootstrap((x,),np.mean,n_resamples=200000,method='BCa' and 'percentile',confidence_level=.9)
    [Theory]
    [InlineData(BootstrapMethod.BiasCorrectedAccelerated, 1.2021, 1.6551)]
    [InlineData(BootstrapMethod.Percentile, 1.1944, 1.6463)]
    public void Bounds_are_those_of_scipy(BootstrapMethod method, double lower, double upper)
    {
        var interval = ML.Regression.EvaluateConfidence(Numbers(60, i => Math.Exp(Math.Sin(i * 1.3) * 1.2)), Mean, level: 0.9, numberOfSamples: 20_000, method);
        Assert.Equal(1.416946, interval.Value, tolerance: 1e-6);
        Assert.Equal(0.9, interval.Level);
        // Of 20,000 samples, a bound is off by about 0.002.
        Assert.Equal(lower, interval.Lower, tolerance: 0.007);
        Assert.Equal(upper, interval.Upper, tolerance: 0.007);
        Assert.Equal(0.1370, interval.StandardError, tolerance: 0.003);
    }

    // NumPy and SciPy: v=np.sort(np.sin(np.arange(200)*0.7)+0.01*np.arange(200)); l=np.cos(np.arange(30)**2*0.3)+0.5*np.sin(np.arange(30))**3; d=l.mean()-l
    //   z=norm.ppf(((v<1.1).sum()+(v<=1.1).sum())/400); a=(d**3).sum()/(6*(d**2).sum()**1.5); [norm.cdf(z+(z+q)/(1-a*(z+q))) for q in norm.ppf([.05,.95])]
    [Fact]
    public void Bias_and_acceleration_are_those_of_the_formula()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => Math.Sin(i * 0.7) + 0.01 * i).Order()];
        double[] leftOut = [.. Enumerable.Range(0, 30).Select(i => Math.Cos(i * i * 0.3) + 0.5 * Math.Pow(Math.Sin(i), 3))];
        var (lower, upper) = BootstrapBounds.Corrected(values, 1.1, leftOut, alpha: 0.05);
        Assert.Equal(0.08080182237314726, lower, 10);
        Assert.Equal(0.9710692835469265, upper, 10);
    }

    [Fact]
    public void The_seed_decides()
    {
        MemoryView data = Numbers(30, i => Math.Sin(i));
        ConfidenceInterval Interval(int seed) => new MLContext(seed).Regression.EvaluateConfidence(data, Mean, numberOfSamples: 200);
        Assert.Equal(Interval(1), Interval(1));
        Assert.NotEqual(Interval(1), Interval(2));
        Assert.Equal(Interval(1), ML.Regression.EvaluateConfidence(data, Mean, numberOfSamples: 200));
    }

    [Fact]
    public void Any_metric_of_scored_rows_has_an_interval()
    {
        var scored = new MemoryView().Add("Label", [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0)])
            .Add("Score", [.. Enumerable.Range(0, 200).Select(i => (float)Math.Sin(i * 1.7) + (i % 2 == 0 ? 0.5f : 0))])
            .Add("PredictedLabel", [.. Enumerable.Range(0, 200).Select(i => i % 3 > 0)]);
        var interval = ML.BinaryClassification.EvaluateConfidence(scored, rows => ML.BinaryClassification.EvaluateNonCalibrated(rows).AreaUnderRocCurve, numberOfSamples: 300);
        Assert.Equal(ML.BinaryClassification.EvaluateNonCalibrated(scored).AreaUnderRocCurve, interval.Value);
        // Hanley and McNeil (1982) for this area and 100 rows of each class: 0.038.
        Assert.InRange(interval.StandardError, 0.03, 0.045);
        Assert.InRange(interval.Value, interval.Lower, interval.Upper);
    }

    [Fact]
    public void A_metric_that_does_not_vary_has_a_narrow_interval()
    {
        var interval = ML.Regression.EvaluateConfidence(Numbers(10, _ => 3), Mean, numberOfSamples: 100);
        Assert.Equal((3, 3, 3, 0), (interval.Value, interval.Lower, interval.Upper, interval.StandardError));
    }

    [Fact]
    public void Too_few_rows_of_a_class_are_an_error()
    {
        var scored = new MemoryView().Add("Label", true, false, false, false).Add("Score", 4f, 3, 2, 1).Add("PredictedLabel", true, false, false, false);
        Assert.Contains("of 100 samples have no metric", Assert.Throws<MLPipelinesException>(() =>
            ML.BinaryClassification.EvaluateConfidence(scored, rows => ML.BinaryClassification.EvaluateNonCalibrated(rows).AreaUnderRocCurve, numberOfSamples: 100)).Message, StringComparison.Ordinal);
        Assert.Throws<DivideByZeroException>(() => ML.Regression.EvaluateConfidence(scored, rows => rows.GetColumn<float>("Score").Sum() == 10 ? 1 : throw new DivideByZeroException(), numberOfSamples: 100));
    }
}
