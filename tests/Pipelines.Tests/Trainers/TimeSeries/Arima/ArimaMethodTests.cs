using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Arima;

public class ArimaMethodTests
{
    [Theory]
    [InlineData(0.8)]
    [InlineData(-0.5)]
    public void The_coefficient_of_a_simulated_autoregression_is_found(double coefficient)
    {
        double[] values = Autoregression(coefficient, 1500, 50);
        ArimaEstimate exact = new ArimaEstimator(values, 1).Estimate(new(1, 0, 0, HasConstant: true), true, default);
        ArimaEstimate conditional = new ArimaEstimator(values, 1).Estimate(new(1, 0, 0, HasConstant: true), false, default);
        // Three standard errors, √((1 − φ²) / n).
        double allowance = 3 * Math.Sqrt((1 - coefficient * coefficient) / values.Length);
        Assert.Equal(coefficient, exact.AR[0], allowance);
        Assert.Equal(exact.AR[0], conditional.AR[0], 0.01);
        Assert.Equal(1, exact.Variance, 3 * Math.Sqrt(2.0 / values.Length));
        Assert.Equal(50, exact.Mean, 3 / (1 - coefficient) / Math.Sqrt(values.Length));
    }

    /// <summary>The likelihood by the definition: the density of a normal vector with the autocovariances, from ψ, of the process.</summary>
    [Fact]
    public void The_likelihood_is_the_density_of_the_values()
    {
        double[] values = [0.3, -1.2, 0.8, 2.1, 0.4, -0.9, 1.4, 0.2, -0.3, 1.1];
        var filter = new ArmaFilter(2, 3);
        (double[] phi, double[] theta) = ([0.5, 0.3], [0.4, -0.2, 0.1]);
        phi.CopyTo(filter.Phi);
        theta.CopyTo(filter.Theta);
        filter.RunExactly(values, false);

        double[] psi = new double[4000];
        for (int k = 0; k < psi.Length; k++)
        {
            psi[k] = k == 0 ? 1 : k <= 3 ? theta[k - 1] : 0;
            for (int j = 1; j <= Math.Min(2, k); j++) psi[k] += phi[j - 1] * psi[k - j];
        }
        int n = values.Length;
        var covariance = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n, (i, j) =>
            Enumerable.Range(0, psi.Length - n).Sum(k => psi[k] * psi[k + Math.Abs(i - j)]));
        var vector = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(values);
        Assert.Equal(vector * covariance.Inverse() * vector, filter.SumOfSquares, 1e-9);
        Assert.Equal(Math.Log(covariance.Determinant()), filter.LogDeterminant, 1e-9);
    }

    [Fact]
    public void Observing_a_series_ends_where_fitting_it_does()
    {
        var orders = new ArimaOrders(1, 1, 1, 0, 1, 1);
        var whole = (ArimaModel)new ArimaMethod(orders).Fit(Monthly(Airline), Training);
        // From no state at all the filter comes to the same one: what it started with is forgotten.
        double[] state = new double[whole.State.Length];
        int size = ArimaModel.Size(orders, 12);
        for (int i = size; i < state.Length; i++) state[i] = Airline[12 - (i - size)];
        for (int i = 13; i < Airline.Length; i++) whole.Observe(state, Airline[i]);
        Assert.All(state.Zip(whole.State), pair => Assert.Equal(pair.Second, pair.First, 1.0));
        Assert.Equal(Forecast(whole, 24), Forecast(whole.At(state), 24), (expected, actual) => Math.Abs(expected - actual) < 1);
    }

    [Fact]
    public void A_drift_goes_on()
    {
        double[] line = [.. Enumerable.Range(0, 60).Select(i => 5 + (0.5 * i))];
        SeriesModel model = new ArimaMethod().Fit(Plain(line), Training);
        Assert.Equal("ARIMA(0,1,0) with drift", model.Name);
        double[] mean = Forecast(model, 20), deviation = Deviations(model, 20);
        for (int i = 0; i < 20; i++) Assert.Equal(5 + (0.5 * (60 + i)), mean[i], 1e-9);
        Assert.All(deviation, value => Assert.Equal(0, value, 1e-9));
    }

    [Fact]
    public void Bounds_of_simulated_autoregressions_hold_as_often_as_they_say()
    {
        int held = 0, all = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            double[] values = Autoregression(0.7, 130, 10, seed);
            SeriesModel model = new ArimaMethod().Fit(Plain(values[..120]), Training);
            double[] mean = Forecast(model, 10), deviation = Deviations(model, 10);
            for (int i = 0; i < 10; i++, all++)
                if (Math.Abs(values[120 + i] - mean[i]) < 1.96 * deviation[i]) held++;
        }
        Assert.InRange((double)held / all, 0.90, 0.98);
    }

    [Fact]
    public void Orders_that_do_not_suit_a_series_are_objected_to()
    {
        Assert.Equal("it has no season, and ARIMA(0,1,1)(0,1,1)[1] needs one", new ArimaMethod(new(0, 1, 1, 0, 1, 1)).ObjectionTo(Plain(Airline)));
        Assert.Equal("it has 15 values, and ARIMA(0,1,1)(0,1,1)[12] needs 17", new ArimaMethod(new(0, 1, 1, 0, 1, 1)).ObjectionTo(Monthly(Airline[..15])));
        Assert.Contains("would vanish", new ArimaMethod(new(0, 2, 1, HasConstant: true)).ObjectionTo(Plain(Airline)));
        Assert.Equal("it has no values", new ArimaMethod().ObjectionTo(Plain([])));
    }

    [Fact]
    public void Long_series_are_fitted_by_conditional_sums_of_squares()
    {
        double[] values = Autoregression(0.6, 3000, 100);
        SeriesModel model = new ArimaMethod().Fit(Plain(values), Training);
        Assert.Equal(100, Forecast(model, 200)[199], 0.5);
        Assert.Equal(1 / Math.Sqrt(1 - 0.36), Deviations(model, 200)[199], 0.1);
    }

    private static double[] Autoregression(double coefficient, int length, double mean, int seed = 1)
    {
        var random = new Random(seed);
        double[] values = new double[length];
        double state = 0;
        for (int i = -100; i < length; i++)
        {
            state = coefficient * state + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (i >= 0) values[i] = mean + state;
        }
        return values;
    }
}
