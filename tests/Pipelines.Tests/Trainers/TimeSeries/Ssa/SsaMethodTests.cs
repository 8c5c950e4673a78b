using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public class SsaMethodTests
{
    private static readonly TrainingEnvironment Environment = new MLContext(seed: 1).Environment;

    private static double[] Wave(int count, double scale = 1, double shift = 0) =>
        [.. Enumerable.Range(0, count).Select(i => shift + (scale * (10 + (0.05 * i) + (2 * Math.Sin(2 * Math.PI * i / 12)) + (0.3 * Math.Sin(i * 7.1)))))];

    private static double[] Forecast(double[] values) => [.. new SsaMethod().Fit(new Series("", values, 12), Environment).Forecast(24).Mean];

    [Fact]
    public void A_sine_on_a_trend_is_continued()
    {
        double[] wave = [.. Enumerable.Range(0, 168).Select(i => 10 + (0.05 * i) + (2 * Math.Sin(2 * Math.PI * i / 12)))];
        SeriesModel model = new SsaMethod().Fit(new Series("", wave.AsMemory(0, 144), 12), Environment);
        Assert.Equal(wave[144..], model.Forecast(24).Mean, (expected, actual) => Math.Abs(expected - actual) < 1e-4);
        Assert.Equal("SSA[36,4]", model.Name);
    }

    [Fact]
    public void Scaling_and_shifting_the_series_scales_and_shifts_the_forecast()
    {
        double[] plain = Forecast(Wave(144));
        Assert.Equal(plain.Select(value => 1000 * value), Forecast(Wave(144, scale: 1000)), (expected, actual) => Math.Abs((actual / expected) - 1) < 1e-6);
        Assert.Equal(plain.Select(value => 500 + value), Forecast(Wave(144, shift: 500)), (expected, actual) => Math.Abs((actual / expected) - 1) < 1e-6);
    }

    [Fact]
    public void Observing_goes_on_where_training_ended()
    {
        double[] wave = Wave(156);
        SeriesModel model = new SsaMethod { WindowSize = 24 }.Fit(new Series("", wave.AsMemory(0, 144), 12), Environment);
        double[] state = [.. model.State];
        foreach (double value in wave[144..]) model.Observe(state, value);
        Assert.Equal(Wave(168)[156..], model.At(state).Forecast(12).Mean, (expected, actual) => Math.Abs(expected - actual) < 0.6);
        model.Observe(state, double.NaN);
        Assert.All(state, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Too_few_values_are_objected_to()
    {
        Assert.Equal("it has 8 values, and 9 are needed", new SsaMethod().ObjectionTo(new Series("", new double[8])));
        Assert.Equal("it has 20 values, and 25 are needed", new SsaMethod { WindowSize = 12 }.ObjectionTo(new Series("", new double[20])));
        Assert.Null(new SsaMethod().ObjectionTo(new Series("", new double[9])));
    }

    [Fact]
    public void A_constant_series_stays_constant() =>
        Assert.Equal([3.5, 3.5], new SsaMethod().Fit(new Series("", Enumerable.Repeat(3.5, 9).ToArray()), Environment).Forecast(2).Mean);
}
