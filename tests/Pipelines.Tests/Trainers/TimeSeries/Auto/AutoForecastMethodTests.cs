using MLPipelines.Tests.Trainers.TimeSeries.Combination;
using MLPipelines.TimeSeries;
using static MLPipelines.Tests.Trainers.TimeSeries.ClassicSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Auto;

public class AutoForecastMethodTests
{
    private static readonly Series Tens = Plain([.. Enumerable.Repeat(10.0, 40)]);

    [Fact]
    public void Methods_count_by_the_inverse_squares_of_their_errors_up_to_twice_the_least()
    {
        // Errors 1, 1.5 and 3: weights 1 and 4/9, and the last is left out.
        SeriesModel model = Choose([new FixedMethod(11, 1), new FixedMethod(8.5, 1), new FixedMethod(13, 1)]).Fit(Tens, Training);
        Assert.All(Forecast(model, 6), mean => Assert.Equal((11 + (8.5 * 4 / 9)) / (13.0 / 9), mean, 1e-12));
        Assert.Equal("0.69 Fixed(11) + 0.31 Fixed(8.5)", model.Name);
    }

    [Fact]
    public void A_method_that_was_always_right_is_taken_alone()
    {
        double[] seasonal = [.. Wave(96, 12, 100, 0, 10)];
        SeriesModel model = Choose([new OtherSeasonsMethod(new SeasonalNaiveMethod(), _ => []), new SeasonalNaiveMethod()]).Fit(Monthly(seasonal), Training);
        Assert.Equal("SeasonalNaive[12]", model.Name);
    }

    [Fact]
    public void A_forecast_that_explodes_is_left_out() =>
        Assert.Equal("Fixed(50)", Choose([new FixedMethod(1e6, 1), new FixedMethod(50, 1), new FixedMethod(9, double.PositiveInfinity)]).Fit(Tens, Training).Name);

    [Fact]
    public void Deviations_widen_by_how_much_larger_errors_were_than_expected()
    {
        // Errors of 2 at deviations of 0.5 in four origins, drawn to 1 + 12/40 in as many.
        double[] deviations = Deviations(Choose([new FixedMethod(12, 0.5)]).Fit(Tens, Training), 3);
        Assert.All(deviations, deviation => Assert.Equal(0.5 * Math.Sqrt(((4 * 1.3 * 1.3) + (4 * 16)) / 8), deviation, 1e-12));
    }

    [Fact]
    public void A_series_too_short_for_a_trial_gets_the_mean_of_all()
    {
        SeriesModel model = Choose([new FixedMethod(10, 1), new FixedMethod(20, 1)]).Fit(Tens.First(12), Training);
        Assert.Equal([15.0, 15.0], Forecast(model, 2));
        Assert.All(Deviations(model, 2), deviation => Assert.Equal(2, deviation, 1e-12));
    }

    [Fact]
    public void Without_time_only_the_first_method_is_tried()
    {
        FixedMethod first = new(11, 1), second = new(10, 1);
        var method = new AutoForecastMethod(new AutoForecastOptions { Horizon = 6, Candidates = [first, second], TimeLimit = TimeSpan.Zero });
        Assert.Equal("Fixed(11)", method.Fit(Tens, Training).Name);
        Assert.Equal(0, second.FitCount);
    }

    [Fact]
    public void A_cancelled_choice_ends()
    {
        using var source = new CancellationTokenSource();
        var environment = new TrainingEnvironment(1) { CancellationToken = source.Token };
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Choose([new FixedMethod(11, 1)]).Fit(Tens, environment));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(24)]
    [InlineData(52)]
    public void A_wave_on_a_slope_is_recovered(int season)
    {
        double[] values = Wave(season * 6, season, 500, 0.5, 40), following = Wave(season * 8, season, 500, 0.5, 40)[(season * 6)..];
        SeriesModel model = new AutoForecastMethod(new AutoForecastOptions { Horizon = season }).Fit(new Series("wave", values, season), Training);
        double[] forecast = Forecast(model, season);
        for (int i = 0; i < season; i++) Assert.InRange(forecast[i], following[i] - 2, following[i] + 2);
    }

    [Fact]
    public void Bounds_of_95_percent_hold_95_percent_of_simulated_walks()
    {
        var random = new Random(7);
        int covered = 0, count = 0;
        for (int walk = 0; walk < 150; walk++)
        {
            double[] values = new double[72];
            double level = 100;
            for (int i = 0; i < values.Length; i++) values[i] = level += Normal(random);
            SeriesForecast forecast = new AutoForecastMethod(new AutoForecastOptions { Horizon = 8 }).Fit(Plain(values[..64]), Training).Forecast(8);
            for (int i = 0; i < 8; i++, count++)
                if (values[64 + i] >= forecast.Lower[i] && values[64 + i] <= forecast.Upper[i]) covered++;
        }
        Assert.InRange((double)covered / count, 0.92, 0.98);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoForecastMethod(new AutoForecastOptions { Horizon = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoForecastMethod(new AutoForecastOptions { Horizon = 1, Origins = 0 }));
        Assert.Throws<ArgumentException>(() => Choose([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoForecastMethod(new AutoForecastOptions { Horizon = 1, TimeLimit = TimeSpan.FromSeconds(-1) }));
    }

    private static AutoForecastMethod Choose(ForecastMethod[] candidates) => new(new AutoForecastOptions { Horizon = 6, Candidates = candidates });

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
