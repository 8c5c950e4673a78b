using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Forecasting;

public sealed class CovariateTests
{
    private const int Days = 120;

    private readonly MLContext _context = new(1);

    private static MemoryView Table(int start, int days, Func<int, double> value, Func<int, double> price) => new MemoryView()
        .Add("Day", [.. Enumerable.Range(start, days).Select(i => new DateTime(2024, 1, 1).AddDays(i))])
        .Add("Price", [.. Enumerable.Range(start, days).Select(i => (float)price(i))])
        .Add("Sales", [.. Enumerable.Range(start, days).Select(value)]);

    private static double Price(int day) => 10 + (day * 7919 % 5);

    private static double Noise(int day) => ((day * 104729L % 1009) / 1009.0) - 0.5;

    private SeriesForecastingTransformer Fit(MemoryView data, CalendarFeatures calendar = CalendarFeatures.None, bool withPrice = true) =>
        _context.Forecasting.ForecastBy(EtsMethod.Simple, new SeriesForecastingOptions
        {
            Panel = new PanelOptions { ValueColumn = "Sales", TimeColumn = "Day", CovariateColumns = withPrice ? ["Price"] : [], Seasons = [] },
            Horizon = 7,
            Calendar = calendar,
        }).Fit(data);

    [Fact]
    public void A_covariate_that_explains_the_values_is_used_for_rows_of_the_future()
    {
        SeriesForecastingTransformer model = Fit(Table(0, Days, day => 100 - (6 * Price(day)) + Noise(day), Price));
        IDataView plan = model.AtRows("forecast", "lower", "upper").Transform(Table(Days - 1, 8, _ => double.NaN, Price));
        double[] forecast = ViewContents.Values<double>(plan, "forecast"), upper = ViewContents.Values<double>(plan, "upper");
        Assert.True(double.IsNaN(forecast[0]));
        for (int i = 1; i < forecast.Length; i++)
        {
            Assert.Equal(100 - (6 * Price(Days - 1 + i)), forecast[i], 0.7);
            Assert.InRange(upper[i] - forecast[i], 0.3, 1.5);
        }
    }

    [Fact]
    public void What_is_not_known_of_the_future_stays_as_it_was()
    {
        SeriesForecastingTransformer model = Fit(Table(0, Days, day => 100 - (6 * Price(day)) + Noise(day), Price));
        Assert.All(model.Forecast().Single().Points, point => Assert.Equal(100 - (6 * Price(Days - 1)), point.Mean, 0.7));
    }

    [Fact]
    public void Two_things_that_merely_grow_together_explain_nothing_of_each_other()
    {
        // A criterion errs now and then.
        int kept = Enumerable.Range(0, 20).Count(seed =>
        {
            var random = new Random(seed);
            return Fit(Table(0, Days, day => (3.0 * day) + (5 * random.NextDouble()), day => day + (0.2 * random.NextDouble()))).Fitted[0].Regression is not null;
        });
        Assert.InRange(kept, 0, 4);
    }

    [Fact]
    public void Days_of_the_week_are_learned_from_the_calendar()
    {
        static double Sales(int day) => 50 + (day % 7 == 5 ? 20 : 0) + Noise(day);
        MemoryView data = Table(0, Days, Sales, Price);
        double[] forecast = [.. Fit(data, CalendarFeatures.DayOfWeek, withPrice: false).Forecast().Single().Points.Select(point => point.Mean)];
        for (int i = 0; i < forecast.Length; i++) Assert.Equal(Sales(Days + i), forecast[i], 1.2);
    }

    [Fact]
    public void Forecasts_at_rows_are_those_of_the_forecaster()
    {
        SeriesForecastingTransformer model = Fit(Table(0, Days, day => 50 + Noise(day), Price), withPrice: false);
        ForecastPoint[] points = [.. model.Forecast(30).Single().Points];
        MemoryView rows = Table(Days, 30, _ => 0, Price);
        foreach (int batch in new[] { 1, 7, 100 })
        {
            IDataView filled = model.AtRows("f", "l", "u").Transform(MemoryView.Copy(rows, batchSize: batch));
            Assert.Equal(points.Select(point => point.Mean), ViewContents.Values<double>(filled, "f"));
            Assert.Equal(points.Select(point => point.Lower), ViewContents.Values<double>(filled, "l"));
            Assert.Equal(points.Select(point => point.Upper), ViewContents.Values<double>(filled, "u"));
        }
    }

    [Fact]
    public void Forecasts_at_rows_are_saved_with_their_forecaster()
    {
        SeriesForecastingTransformer model = Fit(Table(0, Days, day => 100 - (6 * Price(day)) + Noise(day), Price));
        MemoryView rows = Table(Days, 9, _ => 0, Price);
        ITransformer filled = model.AtRows("f", "l", "u");
        using var stream = new MemoryStream();
        _context.Model.Save(filled, rows.Schema, stream);
        stream.Position = 0;
        Assert.Equal(ViewContents.Values<double>(filled.Transform(rows), "u"), ViewContents.Values<double>(_context.Model.Load(stream, out _).Transform(rows), "u"));
    }

    [Fact]
    public void A_saved_model_knows_its_covariates()
    {
        MemoryView data = Table(0, Days, day => 100 - (6 * Price(day)) + Noise(day), Price);
        SeriesForecastingTransformer model = Fit(data);
        Assert.NotNull(model.Fitted[0].Regression);
        using var stream = new MemoryStream();
        _context.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = (SeriesForecastingTransformer)_context.Model.Load(stream, out _);
        Assert.Equal(model.Forecast().Single().Points, loaded.Forecast().Single().Points);
    }

    [Fact]
    public void A_backtest_knows_the_covariates_of_the_steps_ahead()
    {
        MemoryView data = Table(0, Days, day => 100 - (6 * Price(day)) + Noise(day), Price);
        ForecastingMetrics Backtest(params string[] covariates) => _context.Forecasting.Backtest(data, EtsMethod.Simple, new SeriesForecastingOptions
        {
            Panel = new PanelOptions { ValueColumn = "Sales", TimeColumn = "Day", CovariateColumns = covariates, Seasons = [] },
            Horizon = 7,
        });
        Assert.InRange(Backtest("Price").RootMeanSquaredError, 0, 0.6);
        Assert.InRange(Backtest().RootMeanSquaredError, 3, 20);
    }
}
