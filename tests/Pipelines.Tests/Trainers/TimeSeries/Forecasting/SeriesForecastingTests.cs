using MLPipelines.Testing;
using MLPipelines.TimeSeries;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Forecasting;

public sealed class SeriesForecastingTests
{
    private readonly MLContext _context = new(1);

    private static MemoryView Months(int months, Func<int, double> first, Func<int, double> second, int start = 0) => new MemoryView()
        .AddText("Month", [.. Enumerable.Range(start, months).SelectMany(i => Enumerable.Repeat($"{new DateTime(2020, 1, 1).AddMonths(i):yyyy-MM}", 2))])
        .AddText("Shop", [.. Enumerable.Range(0, 2 * months).Select(i => i % 2 == 0 ? "A" : "B")])
        .Add("Sales", [.. Enumerable.Range(start, months).SelectMany(i => new[] { first(i), second(i) })]);

    private SeriesForecastingTransformer Fit(IDataView data, ForecastMethod? method = null, Func<SeriesForecastingOptions, SeriesForecastingOptions>? change = null)
    {
        var options = new SeriesForecastingOptions { Panel = new PanelOptions { ValueColumn = "Sales", TimeColumn = "Month", SeriesColumn = "Shop" }, Horizon = 3 };
        return _context.Forecasting.ForecastBy(method ?? new SeasonalNaiveMethod(), change?.Invoke(options) ?? options).Fit(data);
    }

    [Fact]
    public void Each_series_is_forecast_by_itself_from_its_own_end()
    {
        MemoryView data = Months(24, i => i % 12, i => 100 * (i % 12));
        PanelForecast[] forecasts = [.. Fit(data).Forecast()];
        Assert.Equal(["A", "B"], forecasts.Select(forecast => forecast.Series));
        Assert.Equal([0, 100, 200], forecasts[1].Points.Select(point => point.Mean));
        Assert.Equal(["2022-01", "2022-02", "2022-03"], forecasts[1].Points.Select(point => point.Time));
        Assert.Equal(new DateTime(2022, 2, 1), forecasts[0].Points[1].Date);
        Assert.Equal("SeasonalNaive[12]", forecasts[0].Model);
        Assert.Equal(15, Fit(data).Forecast(15).First().Points.Count);
    }

    [Fact]
    public void Bounds_are_as_far_as_the_level_says()
    {
        // The differences are 2 and -2 in turn: a deviation of 2. Quantiles: scipy.stats.norm.ppf([.975, .9]).
        IDataView data = new MemoryView().Add("Sales", 0.0, 2, 0, 2, 0);
        SeriesForecastingTransformer model = _context.Forecasting.ForecastBySeasonalNaive("Forecast", "Sales", horizon: 2, confidenceLowerBoundColumn: "Lower", confidenceUpperBoundColumn: "Upper").Fit(data);
        ForecastPoint point = model.Forecast().Single().Points[0], narrow = model.Forecast(confidenceLevel: 0.8f).Single().Points[0];
        Assert.Equal(2 * 1.959963984540054, point.Upper, 6);
        Assert.Equal(-2 * 1.959963984540054, point.Lower, 6);
        Assert.Equal(2 * 1.2815515655446004, narrow.Upper, 6);
        IDataView output = model.Transform(data);
        Assert.Equal(point.Upper, ViewContents.Vectors<float>(output, "Upper")[4][0], 5);
        Assert.Equal(point.Lower, ViewContents.Vectors<float>(output, "Lower")[4][0], 5);
    }

    [Fact]
    public void What_is_counted_is_never_below_0()
    {
        IDataView data = new MemoryView().Add("Sales", 0.0, 2, 0, 2, 0);
        var options = new SeriesForecastingOptions { Panel = new PanelOptions { ValueColumn = "Sales" }, Horizon = 2, ConfidenceLowerBoundColumn = "Lower", IsNonNegative = true };
        SeriesForecastingTransformer model = _context.Forecasting.ForecastBy(new SeasonalNaiveMethod(), options).Fit(data);
        Assert.All(model.Forecast().Single().Points, point => Assert.Equal((0.0, 0.0), (point.Mean, point.Lower)));
        Assert.All(ViewContents.Vectors<float>(model.Transform(data), "Lower"), lower => Assert.Equal([0, 0], lower.Select(value => Math.Min(value, 0))));
    }

    [Fact]
    public void Rows_after_the_end_move_the_state_and_rows_before_do_not()
    {
        SeriesForecastingTransformer model = Fit(Months(24, i => i % 12, i => i));
        IDataView known = model.Transform(Months(24, i => i % 12, i => i));
        Assert.All(Enumerable.Range(0, 24), i => Assert.Equal([0, 1, 2], ViewContents.Vectors<float>(known, "Forecast")[2 * i]));
        IDataView next = model.Transform(Months(2, i => 50, i => i, start: 24));
        Assert.Equal([1, 2, 3], ViewContents.Vectors<float>(next, "Forecast")[0]);
        Assert.Equal([2, 3, 4], ViewContents.Vectors<float>(next, "Forecast")[2]);
        // A month without a row counts as missing; what was expected stands in for it.
        Assert.Equal([4, 5, 6], ViewContents.Vectors<float>(model.Transform(Months(1, i => 50, i => i, start: 27)), "Forecast")[0]);
    }

    [Fact]
    public void Observations_make_a_new_forecaster_and_leave_the_old()
    {
        SeriesForecastingTransformer model = Fit(Months(24, i => i % 12, i => i));
        SeriesForecastingTransformer later = model.Observe(Months(12, i => 50 + i, i => i, start: 24), out long unknown);
        Assert.Equal(0, unknown);
        Assert.Equal([74, 75, 76], later.Forecast().First().Points.Select(point => point.Mean));
        Assert.Equal("2023-01", later.Forecast().First().Points[0].Time);
        Assert.Equal("2022-01", model.Forecast().First().Points[0].Time);
        MemoryView other = new MemoryView().AddText("Month", "2022-01").AddText("Shop", "C").Add("Sales", 1.0);
        model.Observe(other, out unknown);
        Assert.Equal(1, unknown);
        Assert.All(ViewContents.Vectors<float>(model.Transform(other), "Forecast")[0], value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void A_series_that_cannot_be_learned_from_falls_back_and_the_others_do_not()
    {
        MemoryView data = new MemoryView()
            .Add("Month", [.. Enumerable.Range(0, 30).Select(i => (long)i), 0, 1, 2, .. Enumerable.Range(0, 30).Select(i => (long)i), .. Enumerable.Range(0, 30).Select(i => (long)i)])
            .AddText("Shop", [.. Enumerable.Repeat("long", 30), "short", "short", "short", .. Enumerable.Repeat("constant", 30), .. Enumerable.Repeat("negative", 30)])
            .Add("Sales", [.. Enumerable.Range(0, 30).Select(i => 1.0 + (i % 5)), 4, 5, 6, .. Enumerable.Repeat(7.0, 30), .. Enumerable.Range(0, 30).Select(i => -1.0 - (i % 5))]);
        SeriesForecastingTransformer model = Fit(data, new FussyMethod(), options => options with { Panel = options.Panel with { Seasons = [5] } });
        Assert.Equal([null, "it has 3 values, less than its season of 5", "it never changes", "it has negative values"], model.Series.Select(series => series.Fallback));
        Assert.Equal([1, 6, 7, -1], model.Forecast().Select(forecast => forecast.Points[0].Mean));
        Assert.Equal(["SeasonalNaive[5]", "Naive", "Naive", "SeasonalNaive[5]"], model.Series.Select(series => series.Model));
        Assert.Equal([0.0, 1.0, 0.0, 0.0], model.Series.Select(series => series.Scale));
    }

    [Fact]
    public void Forecasts_that_are_not_finite_or_fail_fall_back()
    {
        MemoryView data = Months(24, i => i % 12, i => i);
        Assert.All(Fit(data, new FussyMethod { Problem = "out of luck" }).Series, series => Assert.Equal("out of luck", series.Fallback));
    }

    [Fact]
    public void An_engine_follows_each_series_and_goes_on_after_a_checkpoint()
    {
        SeriesForecastingTransformer model = Fit(Months(24, i => i % 12, i => i));
        using TimeSeriesPredictionEngine<Sale, Expected> engine = model.CreateTimeSeriesEngine<Sale, Expected>(_context);
        Assert.Equal([1, 2, 3], engine.Predict(new Sale { Month = "2022-01", Shop = "A", Sales = 50 }).Forecast);
        Assert.Equal([13, 14], engine.Predict(new Sale { Month = "2022-01", Shop = "B", Sales = 50 }, horizon: 2).Forecast);
        Assert.Equal([2, 3, 4], engine.Predict(new Sale { Month = "2022-02", Shop = "A", Sales = 60 }).Forecast);
        using var stream = new MemoryStream();
        engine.CheckPoint(_context, stream);
        stream.Position = 0;
        using TimeSeriesPredictionEngine<Sale, Expected> later = _context.Model.Load(stream, out _).CreateTimeSeriesEngine<Sale, Expected>(_context);
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 11, 50, 60, 70], later.Predict(new Sale { Month = "2022-03", Shop = "A", Sales = 70 }, horizon: 12).Forecast);
        Assert.All(engine.Predict().Forecast, value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Cancelling_ends_a_fit()
    {
        using var source = new CancellationTokenSource();
        _context.CancellationToken = source.Token;
        _context.Progress = new Cancelling(source);
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(Months(24, i => i, i => i)));
    }

    [Fact]
    public void A_model_of_thousands_of_series_is_one_file_that_is_read_back()
    {
        const int Count = 3000, Length = 20;
        MemoryView data = new MemoryView()
            .Add("Month", [.. Enumerable.Range(0, Count * Length).Select(i => (long)(i % Length))])
            .AddText("Shop", [.. Enumerable.Range(0, Count * Length).Select(i => $"shop {i / Length}")])
            .Add("Sales", [.. Enumerable.Range(0, Count * Length).Select(i => (double)(i * 7 % 101))]);
        SeriesForecastingTransformer model = Fit(data);
        using var stream = new MemoryStream();
        _context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = (SeriesForecastingTransformer)_context.Model.Load(stream, out _);
        Assert.Equal(model.Series, loaded.Series);
        Assert.Equal(model.Forecast().SelectMany(forecast => forecast.Points), loaded.Forecast().SelectMany(forecast => forecast.Points));
    }

    [Theory]
    [InlineData(0, 0.95f)]
    [InlineData(3, 0f)]
    [InlineData(3, 1f)]
    [InlineData(3, float.NaN)]
    public void Options_out_of_range_are_refused(int horizon, float level) =>
        Assert.ThrowsAny<ArgumentException>(() => _context.Forecasting.ForecastBySeasonalNaive("Forecast", "Sales", horizon, confidenceLevel: level));

    private sealed class Sale
    {
        public string Month { get; set; } = "";

        public string Shop { get; set; } = "";

        public double Sales { get; set; }
    }

    private sealed class Expected
    {
        public float[] Forecast { get; set; } = [];
    }

    /// <summary>The seasonal naive method where nothing is negative and nothing goes wrong.</summary>
    private sealed class FussyMethod : ForecastMethod
    {
        internal string? Problem { get; init; }

        public override string Name => "Fussy";

        public override string? ObjectionTo(Series series) => series.Values.ToArray().Any(value => value < 0) ? "it has negative values" : null;

        public override SeriesModel Fit(Series series, TrainingEnvironment environment) =>
            Problem is null ? new SeasonalNaiveMethod().Fit(series, environment) : throw new MLPipelinesException(Problem);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => source.Cancel();
    }
}
