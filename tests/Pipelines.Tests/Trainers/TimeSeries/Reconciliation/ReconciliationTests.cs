using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

/// <summary>
/// Five series, profit, revenue, cost, cogs, opex, with profit = revenue − cost and cost = cogs + opex. Expected numbers by numpy:
/// <code>
/// C = np.array([[1,-1,1,0,0],[0,0,1,-1,-1.]]); y = np.array([21.,100,78,50,29]); s = np.array([6.,5,4,3,1])
/// R = np.eye(5); R[1,3] = R[3,1] = .5; R[0,1] = R[1,0] = .3; R[2,3] = R[3,2] = .6      # or np.eye(5)
/// W = np.diag(s) @ R @ np.diag(s); G = W @ C.T @ np.linalg.inv(C @ W @ C.T); y - G @ C @ y; np.sqrt(np.diag(W - G @ C @ W))
/// </code>
/// and the same by S (SᵀW⁻¹S)⁻¹ SᵀW⁻¹ y with S over revenue, cogs and opex.
/// </summary>
public class ReconciliationTests
{
    private static readonly double[][] Equations = [[1, -1, 1, 0, 0], [0, 0, 1, -1, -1]];

    [Fact]
    public void Variances_alone_give_what_numpy_does() => Check(ShrunkCorrelation.None(5),
        [21.206185567010316, 99.85681557846506, 78.65063001145475, 49.68556701030928, 28.965063001145474],
        [4.086689482678499, 3.961440722796328, 2.3643011264904352, 2.3297714590805665, 0.9777009758444754]);

    [Fact]
    public void Correlations_give_what_numpy_does() => Check(Correlated(),
        [20.69692627355449, 99.41475006567792, 78.71782379212343, 49.819803682739845, 28.898020109383584],
        [3.975384602757801, 4.3959745449504055, 2.9930220647338635, 2.9296765937140266, 0.9268716295417867]);

    [Fact]
    public void What_agrees_already_stays()
    {
        double[] means = [22, 100, 78, 50, 28], deviations = [6, 5, 4, 3, 1];
        new Reconciliation(Equations, Correlated()).Apply(means, deviations);
        Assert.Equal([22, 100, 78, 50, 28], means.Select(mean => Math.Round(mean, 12)));
    }

    [Fact]
    public void Equations_that_follow_from_others_change_nothing()
    {
        double[] means = [21, 100, 78, 50, 29], deviations = [6, 5, 4, 3, 1], more = [.. means], moreDeviations = [.. deviations];
        new Reconciliation(Equations, Correlated()).Apply(means, deviations);
        new Reconciliation([.. Equations, [1, -1, 0, 1, 1], [2, -2, 2, 0, 0]], Correlated()).Apply(more, moreDeviations);
        for (int i = 0; i < means.Length; i++) Assert.Equal(means[i], more[i], 1e-9);
        for (int i = 0; i < means.Length; i++) Assert.Equal(deviations[i], moreDeviations[i], 1e-9);
    }

    [Fact]
    public void What_is_certain_does_not_move()
    {
        double[] means = [21, 100, 78, 50, 29], deviations = [6, 0, 4, 3, 1];
        new Reconciliation(Equations, ShrunkCorrelation.None(5)).Apply(means, deviations);
        Assert.Equal(100, means[1], 1e-9);
        Assert.Equal(0, deviations[1], 1e-5);
    }

    [Fact]
    public void Equations_hold_between_series_that_are_all_certain_too()
    {
        double[] means = [1e6, 3e6, 1e6, 5e5, 4e5], deviations = new double[5];
        new Reconciliation(Equations, ShrunkCorrelation.None(5)).Apply(means, deviations);
        Assert.All(Equations, equation => Assert.Equal(0, equation.Zip(means, (factor, mean) => factor * mean).Sum(), 1e-9));
    }

    [Fact]
    public void Equations_hold_whatever_the_size_of_series()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] means = [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble() * 1e6)];
            double[] deviations = [.. Enumerable.Range(0, 5).Select(_ => Math.Pow(10, 6 * random.NextDouble()))];
            new Reconciliation(Equations, Correlated()).Apply(means, deviations);
            // But for the rounding of the sums themselves, beside the largest amount.
            Assert.All(Equations, equation => Assert.Equal(0, equation.Zip(means, (factor, mean) => factor * mean).Sum(), 1e-14 * means.Max(Math.Abs)));
            Assert.All(deviations, deviation => Assert.True(deviation >= 0 && double.IsFinite(deviation)));
        }
    }

    /// <summary>numpy, after Schäfer and Strimmer: <c>x = E.T / np.sqrt((E**2).mean(1)); r = x.T @ x / n; v = ((x**2).T @ (x**2) - (x.T @ x)**2 / n) / (n * (n - 1)); (1 - v[off].sum() / (r[off]**2).sum()) * r</c>.</summary>
    [Fact]
    public void Correlations_of_few_errors_are_shrunk()
    {
        double[,] correlation = ShrunkCorrelation.Of([[1, -2, 0.5, 3, -1, 2, 0], [2, -3, 1, 2.5, -2, 3, 1], [0.5, 1, -1, 2, 1, -1, 0.5]]);
        Assert.Equal(1, correlation[0, 0]);
        Assert.Equal(0.298792361321, correlation[0, 1], 1e-11);
        Assert.Equal(0.024990737561, correlation[0, 2], 1e-11);
        Assert.Equal(-0.0468386276, correlation[2, 1], 1e-9);
    }

    private static void Check(double[,] correlation, double[] expectedMeans, double[] expectedDeviations)
    {
        double[] means = [21, 100, 78, 50, 29], deviations = [6, 5, 4, 3, 1];
        new Reconciliation(Equations, correlation).Apply(means, deviations);
        for (int i = 0; i < means.Length; i++)
        {
            Assert.Equal(expectedMeans[i], means[i], 1e-11);
            Assert.Equal(expectedDeviations[i], deviations[i], 1e-11);
        }
    }

    private static double[,] Correlated()
    {
        double[,] correlation = ShrunkCorrelation.None(5);
        correlation[1, 3] = correlation[3, 1] = 0.5;
        correlation[0, 1] = correlation[1, 0] = 0.3;
        correlation[2, 3] = correlation[3, 2] = 0.6;
        return correlation;
    }
}
