using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.MultipleSeasons;

public class MultipleSeasonsTests
{
    /// <summary>
    /// R, forecast 8.20: i &lt;- 1:400; y &lt;- msts(10 + 0.01 * i + 3 * sin(2 * pi * i / 7) + 2 * cos(2 * pi * i / 28) + (i * 7919) %% 101 / 101,
    /// seasonal.periods = c(7, 28)); mstl(y)[c(1, 200, 400), ].
    /// </summary>
    [Fact]
    public void A_decomposition_is_that_of_mstl()
    {
        double[] values = [.. Enumerable.Range(1, 400).Select(i => 10 + (0.01 * i) + (3 * Math.Sin(2 * Math.PI * i / 7)) + (2 * Math.Cos(2 * Math.PI * i / 28)) + (i * 7919 % 101 / 101.0))];
        var decomposition = new MultipleSeasonsDecomposition(values, [7, 28], default);
        Check(0, 10.4576658597, 2.31711055330, 1.980091282832, -0.0435768300143);
        Check(199, 12.4847039875, -1.35576577405, 1.239819274648, -0.2353102898288);
        Check(399, 14.5574766242, 2.28367589401, -0.478383652836, -0.0860786621656);

        void Check(int i, double trend, double week, double month, double remainder)
        {
            Assert.Equal(trend, decomposition.Trend[i], 1e-8);
            Assert.Equal(week, decomposition.Seasonal[0][i], 1e-8);
            Assert.Equal(month, decomposition.Seasonal[1][i], 1e-8);
            Assert.Equal(remainder, decomposition.Remainder[i], 1e-8);
        }
    }

    public static TheoryData<bool> Methods => [false, true];

    private static ForecastMethod Method(bool isRegression) => isRegression ? new SeasonalRegressionMethod() : new MultipleSeasonsMethod(EtsMethod.Holt);

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_day_and_a_week_over_a_trend_go_on(bool isRegression)
    {
        var series = new Series("load", Load(900, 0, 0), 24, 168);
        double[] mean = Forecast(Method(isRegression).Fit(series, Training), 168), expected = Load(1068, 0, 0)[900..];
        for (int i = 0; i < mean.Length; i++) Assert.Equal(expected[i], mean[i], 0.5);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Bounds_of_two_days_hold_as_often_as_they_say(bool isRegression)
    {
        int held = 0, all = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            double[] values = Load(948, 3, seed);
            SeriesModel model = Method(isRegression).Fit(new Series("load", values.AsMemory(0, 900), 24, 168), Training);
            double[] mean = Forecast(model, 48), deviation = Deviations(model, 48);
            for (int i = 0; i < 48; i++, all++)
                if (Math.Abs(values[900 + i] - mean[i]) < 1.96 * deviation[i]) held++;
        }
        Assert.InRange((double)held / all, 0.92, 0.99);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Observations_keep_a_model_on_the_series(bool isRegression)
    {
        double[] values = Load(1300, 1, 5);
        SeriesModel model = Method(isRegression).Fit(new Series("load", values.AsMemory(0, 900), 24, 168), Training);
        double[] state = [.. model.State];
        foreach (double value in values[900..1252]) model.Observe(state, value);
        double[] mean = Forecast(model.At(state), 48);
        double error = mean.Zip(values[1252..], (forecast, value) => Math.Abs(forecast - value)).Average();
        Assert.InRange(error, 0, 2);
    }

    [Fact]
    public void Seasons_that_are_not_held_twice_are_left_out()
    {
        SeriesModel model = new MultipleSeasonsMethod(EtsMethod.Simple).Fit(new Series("load", Load(300, 1, 1), 24, 168), Training);
        Assert.StartsWith("MSTL[24]+", model.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_regression_that_grows_stays_within_bounds()
    {
        double[] values = [.. Enumerable.Range(0, 80).Select(i => Math.Pow(1.1, i))];
        double[] mean = Forecast(new SeasonalRegressionMethod().Fit(Plain(values), Training), 1000);
        Assert.All(mean, value => Assert.InRange(value, 0, 3 * values[^1]));
        Assert.Equal("it has 8 values, and 11 are needed", new SeasonalRegressionMethod().ObjectionTo(Plain(values[..8])));
    }

    /// <summary>The closed form against learning without each row in turn.</summary>
    [Fact]
    public void The_leave_one_out_error_is_that_of_leaving_out()
    {
        double[] values = Load(60, 3, 2);
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        double[] scaled = [.. values.Select(value => (value - mean) / deviation)];
        int[] lags = [1, 2, 24];
        var ridge = new LaggedRidge(scaled, lags, [0.5, 0, 0.5]);
        double least = double.PositiveInfinity;
        int rows = scaled.Length - 24;
        for (double penalty = 1e-6 * rows; penalty <= 10 * rows; penalty *= 3)
        {
            double sum = 0;
            for (int left = 0; left < rows; left++)
            {
                int[] kept = [.. Enumerable.Range(0, rows).Where(row => row != left)];
                double y(int row) => scaled[row + 24] - (0.5 * scaled[row + 23]) - (0.5 * scaled[row]);
                double[] centre = [.. lags.Select(lag => kept.Average(row => scaled[row + 24 - lag]))];
                double level = kept.Average(y);
                var x = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(rows - 1, 3, (i, j) => scaled[kept[i] + 24 - lags[j]] - centre[j]);
                var target = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(rows - 1, i => y(kept[i]) - level);
                var weights = (x.TransposeThisAndMultiply(x) + MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(3) * penalty).Solve(x.TransposeThisAndMultiply(target));
                double forecast = level;
                for (int j = 0; j < 3; j++) forecast += weights[j] * (scaled[left + 24 - lags[j]] - centre[j]);
                sum += (y(left) - forecast) * (y(left) - forecast);
            }
            least = Math.Min(least, sum);
        }
        Assert.Equal(Math.Sqrt(least / rows), ridge.Deviation, 1e-9);
    }

    /// <summary>Hours with a day and a week, a trend, and noise.</summary>
    private static double[] Load(int length, double noise, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(i => 200 + (0.02 * i) + (30 * Math.Sin(2 * Math.PI * i / 24)) + (i / 24 % 7 >= 5 ? -20 : 8)
            + (noise == 0 ? 0 : noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
