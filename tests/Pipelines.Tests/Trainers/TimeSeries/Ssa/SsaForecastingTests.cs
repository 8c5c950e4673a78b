using System.Globalization;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public class SsaForecastingTests
{
    private readonly MLContext _context = new(seed: 1);

    private sealed class Point
    {
        public float Value { get; set; }
    }

    private sealed class Forecast
    {
        public float[] Values { get; set; } = [];

        public float[] Lower { get; set; } = [];

        public float[] Upper { get; set; } = [];
    }

    private IDataView View(params IEnumerable<float> values) => _context.Data.LoadFromEnumerable(values.Select(value => new Point { Value = value }).ToList());

    private TimeSeriesPredictionEngine<Point, Forecast> Engine(ITransformer transformer) => transformer.CreateTimeSeriesEngine<Point, Forecast>(_context, ignoreMissingColumns: true);

    private static IEnumerable<float> Steps(int season, int count) => Enumerable.Range(0, count).Select(i => (float)(i % season));

    private static IEnumerable<float> Wave(int count, float scale = 1) => Enumerable.Range(0, count).Select(i => scale * (10 + (0.05f * i) + (2 * MathF.Sin(2 * MathF.PI * i / 12))));

    // .NET Framework, whose output the samples state, printed single precision with 7 digits.
    private static string Printed(IEnumerable<float> values) => string.Join(", ", values.Select(value => value.ToString("G7", CultureInfo.InvariantCulture)));

    private static void Observe(TimeSeriesPredictionEngine<Point, Forecast> engine, params float[] values)
    {
        foreach (float value in values) engine.Predict(new Point { Value = value });
    }

    // The numbers of ML.NET's samples Forecasting.cs and ForecastingWithConfidenceInterval.cs.
    [Fact]
    public void Forecasts_and_bounds_are_those_of_the_samples()
    {
        var model = _context.Forecasting.ForecastBySsa("Values", "Value", 5, 11, 15, 5, confidenceLevel: 0.95f, confidenceLowerBoundColumn: "Lower", confidenceUpperBoundColumn: "Upper")
            .Fit(View(Steps(5, 15)));
        var engine = Engine(model);
        Forecast first = engine.Predict();
        Assert.Equal("1.977226, 1.020494, 1.760543, 3.437509, 4.266461", Printed(first.Values));
        AssertBounds([0.3451088f, -0.7967533f, -0.058467f, 1.61505f, 2.349299f], first.Lower);
        AssertBounds([3.609343f, 2.83774f, 3.579552f, 5.259968f, 6.183623f], first.Upper);
        Observe(engine, 0, 0, 0, 0);
        using var stream = new MemoryStream();
        engine.CheckPoint(_context, stream);
        stream.Position = 0;
        foreach (Forecast next in new[] { engine.Predict(), Engine(_context.Model.Load(stream, out _)).Predict() })
        {
            Assert.Equal("1.791331, 1.255525, 0.3060154, -0.200446, 0.5657795", Printed(next.Values));
            AssertBounds([0.1592142f, -0.5617217f, -1.512994f, -2.022905f, -1.351382f], next.Lower);
            AssertBounds([3.423448f, 3.072772f, 2.125025f, 1.622013f, 2.482941f], next.Upper);
        }

        // Variances are sums of squares in single precision, of which the last digit depends on the order: 3 of the 20 bounds end in another one.
        static void AssertBounds(float[] expected, float[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 3e-7 * Math.Max(1, Math.Abs(a)));
    }

    // The numbers of SsaForecast and SsaForecastPredictionEngine in ML.NET's TimeSeriesDirectApi.cs, which themselves differ from one runtime to the next in the 6th digit.
    [Fact]
    public void Forecasts_are_those_of_the_tests_of_MLNET()
    {
        var estimator = _context.Forecasting.ForecastBySsa("Values", "Value", 10, 11, 22, 4, confidenceLowerBoundColumn: "Lower", confidenceUpperBoundColumn: "Upper", variableHorizon: true);
        var model = estimator.Fit(View(Steps(10, 50)));
        var engine = Engine(model);
        Forecast forecast = engine.Predict(horizon: 5);
        Assert.Equal([-1.02245092f, 0.08333033f, 2.6073704f, 5.397318f, 7.5008316f], forecast.Values, (a, b) => Math.Abs(a - b) < 3e-6);
        Assert.Equal([-5.1881413f, -4.82533741f, -2.563095f, 0.21317233f, 2.29317045f], forecast.Lower, (a, b) => Math.Abs(a - b) < 3e-6);
        Assert.Equal([3.1432397f, 4.991998f, 7.777836f, 10.581464f, 12.708492f], forecast.Upper, (a, b) => Math.Abs(a - b) < 3e-6);
        Observe(engine, 2);
        engine.Predict(new Point { Value = 2 }, ref forecast);
        Assert.Equal([4.310586f, 6.397167f, 7.73934f, 8.029469f], forecast.Values, (a, b) => Math.Abs(a - b) < 3e-6);
        Observe(engine, 3);
        Assert.Equal([6.006588f, 7.506871f, 7.964249f, 7.1751432f, 5.0265527f], engine.Predict(horizon: 5).Values, (a, b) => Math.Abs(a - b) < 3e-6);

        Forecast[] rows = [.. _context.Data.CreateEnumerable<Forecast>(model.Transform(View(0)), reuseRowObject: false)];
        Assert.Equal([0.191492021f, 2.53994060f, 5.26454258f, 7.37313938f], rows[0].Values, (a, b) => Math.Abs(a - b) < 3e-6);
        Assert.Equal([-3.9741986f, -2.36872721f, 0.09407699f, 2.18899393f], rows[0].Lower, (a, b) => Math.Abs(a - b) < 3e-6);
    }

    [Theory]
    [InlineData(RankSelectionMethod.Exact)]
    [InlineData(RankSelectionMethod.Fast)]
    [InlineData(RankSelectionMethod.Fixed)]
    public void A_sine_on_a_trend_is_continued_even_beyond_the_window(RankSelectionMethod method)
    {
        var model = _context.Forecasting.ForecastBySsa("Values", "Value", 24, 25, 120, 60, rankSelectionMethod: method, rank: 4, maxRank: 8).Fit(View(Wave(120)));
        Assert.Equal(Wave(180).Skip(120), Engine(model).Predict().Values, (expected, actual) => Math.Abs(expected - actual) < 0.02);
    }

    [Fact]
    public void A_window_shorter_than_the_season_forecasts_as_well()
    {
        var model = _context.Forecasting.ForecastBySsa("Values", "Value", 8, 9, 120, 12).Fit(View(Wave(120)));
        Assert.Equal(Wave(132).Skip(120), Engine(model).Predict().Values, (expected, actual) => Math.Abs(expected - actual) < 0.2);
    }

    [Fact]
    public void Scaling_the_series_scales_the_forecast()
    {
        float[] Of(float scale) => Engine(_context.Forecasting.ForecastBySsa("Values", "Value", 24, 25, 120, 12, maxRank: 6).Fit(View(Wave(120, scale)))).Predict().Values;
        // A power of two changes no digit.
        Assert.Equal(Of(1).Select(value => value * 1024), Of(1024));
    }

    [Fact]
    public void MaxRank_is_the_most_components_that_are_taken()
    {
        SsaForecastingTransformer Fit(int? maxRank) => _context.Forecasting.ForecastBySsa("Values", "Value", 10, 11, 50, 4, maxRank: maxRank, shouldMaintainInfo: true).Fit(View(Steps(10, 50)));
        Assert.InRange(Fit(null).Info!.Rank, 4, 9);
        Assert.InRange(Fit(3).Info!.Rank, 1, 3);
        Assert.Equal(9, Fit(3).Info!.AutoRegressiveCoefficients.Count);
    }

    [Fact]
    public void A_trend_grows_no_faster_than_allowed()
    {
        IEnumerable<float> growing = Enumerable.Range(0, 60).Select(i => MathF.Pow(1.05f, i));
        float[] free = Forecasts(null), bounded = Forecasts(new GrowthRatio { TimeSpan = 10, Growth = 1.1 });
        Assert.InRange(free[^1] / MathF.Pow(1.05f, 79), 0.98, 1.02);
        Assert.InRange(bounded[^1] / bounded[^2], 1, Math.Pow(1.1, 0.1) * 1.002);

        float[] Forecasts(GrowthRatio? growth) => Engine(_context.Forecasting.ForecastBySsa("Values", "Value", 12, 13, 60, 20, maxGrowth: growth).Fit(View(growing))).Predict().Values;
    }

    [Fact]
    public void An_adaptive_model_learns_a_new_level_and_can_be_saved()
    {
        var engine = Engine(Fit(isAdaptive: true));
        var fixedEngine = Engine(Fit(isAdaptive: false));
        float[] changed = [.. Enumerable.Range(0, 60).Select(i => 100f + (30 * (i % 3)))];
        Observe(engine, changed);
        Observe(fixedEngine, changed);
        using var stream = new MemoryStream();
        engine.CheckPoint(_context, stream);
        stream.Position = 0;
        var loaded = Engine(_context.Model.Load(stream, out _));
        Assert.Equal([100, 130, 160], engine.Predict().Values, (expected, actual) => Math.Abs(expected - actual) < 1);
        Assert.NotEqual([100, 130, 160], fixedEngine.Predict().Values, (expected, actual) => Math.Abs(expected - actual) < 1);
        Observe(engine, [.. Steps(4, 20)]);
        Observe(loaded, [.. Steps(4, 20)]);
        Assert.Equal(engine.Predict().Values, loaded.Predict().Values);

        SsaForecastingTransformer Fit(bool isAdaptive) =>
            _context.Forecasting.ForecastBySsa("Values", "Value", 6, 30, 40, 3, isAdaptive, discountFactor: 0.9f).Fit(View(Steps(5, 40)));
    }

    [Fact]
    public void Missing_values_are_gaps_in_time()
    {
        float[] gappy = [.. Wave(120)];
        (gappy[0], gappy[1], gappy[50], gappy[51], gappy[119]) = (float.NaN, float.NaN, float.NaN, float.NaN, float.NaN);
        var engine = Engine(_context.Forecasting.ForecastBySsa("Values", "Value", 24, 25, 120, 12, maxRank: 6).Fit(View(gappy)));
        Assert.Equal(Wave(132).Skip(120), engine.Predict().Values, (expected, actual) => Math.Abs(expected - actual) < 0.5);
        Observe(engine, float.NaN, float.PositiveInfinity);
        Assert.Equal(Wave(134).Skip(122), engine.Predict().Values, (expected, actual) => Math.Abs(expected - actual) < 0.5);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(5f)]
    [InlineData(-1e6f)]
    public void A_constant_series_stays_constant(float level)
    {
        var engine = Engine(_context.Forecasting.ForecastBySsa("Values", "Value", 6, 7, 20, 8, confidenceLowerBoundColumn: "Lower", confidenceUpperBoundColumn: "Upper")
            .Fit(View(Enumerable.Repeat(level, 20))));
        Forecast forecast = engine.Predict();
        Assert.All(forecast.Values.Concat(forecast.Lower).Concat(forecast.Upper), value => Assert.Equal(level, value, Math.Abs(level) * 1e-5f));
    }

    [Fact]
    public void A_series_that_is_too_short_is_named_with_what_it_needs()
    {
        var estimator = _context.Forecasting.ForecastBySsa("Values", "Value", 10, 11, 50, 4);
        var error = Assert.Throws<ArgumentException>(() => estimator.Fit(View(Steps(5, 20))));
        Assert.Contains("Column 'Value' has 20 values to train on; a window of 10 needs at least 21.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 11, 50, 4, "windowSize")]
    [InlineData(10, 10, 50, 4, "seriesLength")]
    [InlineData(10, 11, 20, 4, "trainSize")]
    [InlineData(10, 11, 50, 0, "horizon")]
    public void Options_out_of_range_are_refused(int window, int length, int train, int horizon, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => _context.Forecasting.ForecastBySsa("Values", "Value", window, length, train, horizon)).ParamName);

    [Fact]
    public void Wider_bounds_enclose_narrower_ones()
    {
        var engine = Engine(_context.Forecasting.ForecastBySsa("Values", "Value", 5, 11, 15, 5, confidenceLowerBoundColumn: "Lower", confidenceUpperBoundColumn: "Upper").Fit(View(Steps(5, 15))));
        Forecast narrow = engine.Predict(confidenceLevel: 0.5f), wide = engine.Predict(confidenceLevel: 0.99f);
        Assert.Equal(narrow.Values, wide.Values);
        Assert.All(narrow.Lower.Zip(wide.Lower), pair => Assert.True(pair.Second < pair.First));
        Assert.All(narrow.Upper.Zip(wide.Upper), pair => Assert.True(pair.Second > pair.First));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Predict(confidenceLevel: 1));
    }
}
