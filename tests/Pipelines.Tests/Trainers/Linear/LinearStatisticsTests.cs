using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>
/// Standard errors and what follows from them, on the data of <see cref="WaveData"/>. The expected numbers are NumPy's and SciPy's:
/// <code>
/// A=np.hstack([np.ones((60,1)),X]); R=np.diag([0]+4*[r]); inv=np.linalg.inv(A.T@(w[:,None]*A)+R); beta=inv@(A.T@(w*t))
/// rss=(w*(t-A@beta)**2).sum(); se=np.sqrt(np.diag(inv@(A.T@(w[:,None]*A))@inv)*rss/55); p=2*stats.t.sf(abs(beta/se),55)
/// </code>
/// </summary>
public class LinearStatisticsTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Least_squares_have_the_statistics_of_the_textbook()
    {
        // w=1, r=0
        var model = Ols(null, l2: 0);
        AssertClose([1.03890238, 1.99317916, 2.97450142, 4.02878029], [.. model.Weights.Select(weight => (double)weight)], 1e-5);
        AssertClose([0.09622668, 0.13728946, 0.13518379, 0.13615721, 0.13738162], model.StandardErrors!, 1e-5);
        AssertClose([-0.09573237, 7.56724039, 14.74421757, 21.84608137, 29.32546831], model.TValues!, 1e-3);
        AssertClose([9.24081091e-01, 4.43992441e-10, 9.31073828e-21, 8.79751928e-29, 2.90987900e-35], model.PValues!, 1e-4);
        Assert.Equal(0.9675909589, model.RSquared, 1e-7);
        Assert.Equal(0.9652339377, model.RSquaredAdjusted, 1e-7);
    }

    [Fact]
    public void Weights_of_examples_and_a_ridge_are_allowed_for()
    {
        // w=1+(np.arange(60)%3), r=0
        var model = Ols("Weight", l2: 0);
        AssertClose([0.09571574, 0.13656821, 0.1365044, 0.13690874, 0.1361729], model.StandardErrors!, 1e-5);
        Assert.Equal(0.9682530846, model.RSquared, 1e-7);
        Assert.Equal(-0.01996301, model.Bias, 1e-5);
        // w=1, r=0.5**2*60
        model = Ols(null, l2: 0.5f);
        AssertClose([0.68073639, 1.33787551, 2.00528602, 2.68228581], [.. model.Weights.Select(weight => (double)weight)], 1e-5);
        AssertClose([0.1990141, 0.18812614, 0.18720138, 0.18762305, 0.18816486], model.StandardErrors!, 1e-5);
        AssertClose([9.54794183e-01, 6.45180791e-04, 2.16857359e-09, 4.87956714e-15, 4.08071094e-20], model.PValues!, 1e-4);
    }

    [Fact]
    public void Dependent_features_get_no_weight_and_change_no_prediction()
    {
        List<CornerRow> rows = CornerRow.Corners();
        foreach (CornerRow row in rows) row.Features[1] = 2 * row.Features[0] + 3;
        var model = _context.Regression.Trainers.Ols(new OlsTrainer.Options { LabelColumnName = "Number", L2Regularization = 0 }).Fit(_context.Data.LoadFromEnumerable(rows)).Model;
        Assert.Equal(0, model.Weights[1]);
        Assert.True(double.IsNaN(model.StandardErrors![2]));
        Assert.True(model.RSquared > 0.9 && model.StandardErrors[1] > 0);
    }

    [Fact]
    public void There_are_no_statistics_without_more_examples_than_parameters()
    {
        var model = _context.Regression.Trainers.Ols("Number").Fit(WaveRow.View(_context, rows: 5)).Model;
        Assert.False(model.HasStatistics);
        Assert.Null(model.PValues);
        Assert.True(double.IsNaN(model.RSquaredAdjusted));
        Assert.Equal(1, model.RSquared, 1e-4);
    }

    [Fact]
    public void Sparse_features_have_the_statistics_of_dense_ones()
    {
        FeatureMatrix dense = WaveData.Dense();
        double[] weights = [.. WaveData.Weights()], targets = [.. WaveData.Numbers()];
        var first = new RidgeEquations(dense, weights, targets, 0.1, new bool[4], "test", CancellationToken.None);
        var second = new RidgeEquations(WaveData.Sparse(dense), weights, targets, 0.1, new bool[4], "test", CancellationToken.None);
        Assert.Equal(first.Solve(0).Weights, second.Solve(0).Weights);
        Assert.Equal(first.Variances(), second.Variances());
    }

    [Fact]
    public void Logistic_regression_has_the_statistics_of_its_curvature()
    {
        // With z=X1@v at the optimum for l2=0.5, p=1/(1+exp(-z)): H=X1.T@((w*p*(1-p))[:,None]*X1); inv=np.linalg.inv(H+np.diag([.5]*4+[0]))
        // se=np.sqrt(np.diag(inv@H@inv)); p-values 2*stats.norm.sf(abs(v/se)); deviance 2*(w*log(1+exp(-s*z))).sum()
        var statistics = Assert.IsType<LinearModelParameterStatistics>(Logistic(l1: 0, withErrors: true));
        Assert.Equal(60, statistics.TrainingExampleCount);
        Assert.Equal(5, statistics.ParametersCount);
        Assert.Equal(118.73885f, statistics.Deviance, 1e-3f);
        Assert.Equal(141.16051f, statistics.NullDeviance, 1e-3f);
        CoefficientStatistics bias = statistics.GetBiasStatistics();
        Assert.Equal(-1.188508f, bias.Estimate, 1e-3f);
        Assert.Equal(0.24396f, bias.StandardError, 1e-3f);
        CoefficientStatistics[] weights = statistics.GetWeightsCoefficientStatistics(paramCountCap: 100);
        Assert.Equal([1, 3, 0, 2], weights.Select(weight => weight.Index));
        float[] errors = [0.348997f, 0.30598f, 0.31885f, 0.339725f], scores = [3.352142f, -0.534582f, -2.089775f, -2.609978f], values = [0.000802f, 0.592939f, 0.036638f, 0.009055f];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(errors[i], weights[i].StandardError, 1e-3f);
            Assert.Equal(scores[i], weights[i].ZScore, 2e-3f);
            Assert.Equal(values[i], weights[i].PValue, 1e-3f);
        }
        Assert.Single(statistics.GetWeightsCoefficientStatistics(paramCountCap: 2));
    }

    [Fact]
    public void Weights_of_zero_are_no_parameters()
    {
        var statistics = Assert.IsType<LinearModelParameterStatistics>(Logistic(l1: 3, withErrors: true));
        Assert.Equal(4, statistics.ParametersCount);
        Assert.Equal(3, statistics.GetWeightsCoefficientStatistics(100).Length);
        Assert.IsNotType<LinearModelParameterStatistics>(Logistic(l1: 3, withErrors: false));
    }

    [Theory]
    // 2*stats.t.sf([0.5,2,5,1e3],[3,7,100,20]); the last by hand: below 1e-40.
    [InlineData(0.5, 3, 0.6514479846)]
    [InlineData(2, 7, 0.0856192)]
    [InlineData(0, 5, 1)]
    public void Tails_of_the_t_distribution_are_those_of_scipy(double t, double degrees, double expected) =>
        Assert.Equal(expected, StudentDistribution.TwoSided(t, degrees), 1e-6);

    private OlsModelParameters Ols(string? weight, float l2) =>
        _context.Regression.Trainers.Ols(new OlsTrainer.Options { LabelColumnName = "Number", ExampleWeightColumnName = weight, L2Regularization = l2 }).Fit(WaveRow.View(_context)).Model;

    private ModelStatisticsBase? Logistic(float l1, bool withErrors) =>
        _context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = "IsSecond",
            ExampleWeightColumnName = l1 == 0 ? "Weight" : null,
            L1Regularization = l1,
            L2Regularization = l1 == 0 ? 0.5f : 0,
            OptimizationTolerance = 1e-10f,
            ShowTrainingStatistics = true,
            ComputeStandardDeviation = withErrors ? new ComputeLRTrainingStdThroughMkl() : null,
        }).Fit(WaveRow.View(_context)).Model.SubModel.Statistics;

    private static void AssertClose(double[] expected, IReadOnlyList<double> found, double relative)
    {
        Assert.Equal(expected.Length, found.Count);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(found[i], expected[i] - relative * Math.Abs(expected[i]), expected[i] + relative * Math.Abs(expected[i]));
    }
}
