using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;

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

    // scikit-learn 1.2.1: the same functions with sample_weight=np.array([1,2,.5,3,1])
    [Fact]
    public void Weighted_metrics_are_those_of_scikit_learn()
    {
        var data = new MemoryView().Add("Label", 3f, -.5f, 2, 7, 4.25f, 100).Add("Score", 2.5f, 0, 2, 8, 4, 1).Add("Weight", 1f, 2, .5f, 3, 1, 0);
        var metrics = ML.Regression.Evaluate(data, exampleWeightColumnName: "Weight");
        Assert.Equal(0.6333333333333333, metrics.MeanAbsoluteError, 12);
        Assert.Equal(0.5083333333333333, metrics.MeanSquaredError, 12);
        Assert.Equal(0.9456554017936687, metrics.RSquared, 12);
    }

    private sealed class Absolute : IRegressionLoss
    {
        public double Loss(float output, float label) => Math.Abs(output - label);

        public float Derivative(float output, float label) => Math.Sign(output - label);
    }

    [Fact]
    public void Another_loss_changes_the_loss_alone()
    {
        var data = new MemoryView().Add("Label", 3f, -.5f).Add("Score", 2.5f, 0.5f);
        var metrics = ML.Regression.Evaluate(data, lossFunction: new Absolute());
        Assert.Equal((0.75, 0.75, 0.625), (metrics.LossFunction, metrics.MeanAbsoluteError, metrics.MeanSquaredError));
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
