using MLPipelines.Data;

namespace MLPipelines.Tests.Metrics;

public class RegressionMetricsTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed record Scored(float Label, float Score);

    private static RegressionMetrics Evaluate(params IEnumerable<Scored> rows) => ML.Regression.Evaluate(ML.Data.LoadFromEnumerable(rows));

    // scikit-learn 1.2.1: t = np.array([3,-.5,2,7,4.25]); s = np.array([2.5,0,2,8,4]); mean_absolute_error, mean_squared_error, r2_score (t, s)
    [Theory]
    [InlineData(0)]
    [InlineData(10000)]
    public void All_metrics_are_those_of_scikit_learn(float shift)
    {
        var metrics = Evaluate(new[] { (3f, 2.5f), (-.5f, 0f), (2f, 2f), (7f, 8f), (4.25f, 4f), (float.NaN, 3f) }.Select(r => new Scored(r.Item1 + shift, r.Item2 + shift)));
        Assert.Equal(0.45, metrics.MeanAbsoluteError, 12);
        Assert.Equal(0.3125, metrics.MeanSquaredError, 12);
        Assert.Equal(0.3125, metrics.LossFunction, 12);
        Assert.Equal(0.5590169943749475, metrics.RootMeanSquaredError, 12);
        Assert.Equal(0.9491042345276873, metrics.RSquared, 9);
        Assert.Equal((5, 1), (metrics.RowCount, metrics.UnlabeledRowCount));
    }

    [Fact]
    public void Labels_that_do_not_vary_have_no_r_squared()
    {
        var metrics = Evaluate(new Scored(2, 3));
        Assert.Equal(1, metrics.MeanAbsoluteError);
        Assert.True(double.IsNaN(metrics.RSquared));
    }

    [Fact]
    public void Data_that_has_no_metrics_is_an_error()
    {
        Assert.Equal("Evaluate: the data has no rows; metrics need at least one.", Assert.Throws<MLPipelinesException>(() => Evaluate()).Message);
        Assert.Contains("row 0, column 'Score': found Infinity", Assert.Throws<MLPipelinesException>(() => Evaluate(new Scored(1, float.PositiveInfinity))).Message, StringComparison.Ordinal);
    }
}
