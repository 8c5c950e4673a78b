using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public class ReconciledForecastingTransformerTests
{
    private const int Horizon = 3;

    [Fact]
    public void A_loaded_model_forecasts_the_same()
    {
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(Rows(0, 24));
        ReconciledForecastingTransformer model = Fit(context, rows);
        using var stream = new MemoryStream();
        context.Model.Save(model, rows.Schema, stream);
        stream.Position = 0;
        var loaded = Assert.IsType<ReconciledForecastingTransformer>(context.Model.Load(stream, out _));
        var (means, deviations) = model.Forecast(12);
        var (loadedMeans, loadedDeviations) = loaded.Forecast(12);
        Assert.Equal(means, loadedMeans);
        Assert.Equal(deviations, loadedDeviations);
    }

    [Fact]
    public void The_schema_is_what_it_promises()
    {
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(Rows(0, 24));
        ReconciledForecastingTransformer model = Fit(context, rows);
        Assert.Equal(model.GetOutputSchema(rows.Schema).ToString(), model.Transform(rows).Schema.ToString());
    }

    [Fact]
    public void Rows_that_follow_move_the_forecast_and_the_equation_holds_after_each_period()
    {
        var context = new MLContext(1);
        ReconciledForecastingTransformer model = Fit(context, context.Data.LoadFromEnumerable(Rows(0, 24)));
        float[][] forecasts = [.. model.Transform(context.Data.LoadFromEnumerable(Rows(24, 4))).GetColumn<float[]>("Forecast")];
        Assert.Equal(12, forecasts.Length);
        // Of a period's three rows the last has seen all of it; its series is the third.
        var followed = Fit(context, context.Data.LoadFromEnumerable(Rows(0, 24)));
        var states = followed.Forecaster.Fitted.Select(series => new SeriesState(series, followed.Forecaster.Axis, followed.Forecaster.Regressors)).ToArray();
        for (int period = 24; period < 28; period++)
        {
            for (int i = 0; i < 3; i++) states[i].ObserveNext(Value(i, period), []);
            var (means, _) = followed.Forecast(states, Horizon);
            for (int step = 0; step < Horizon; step++)
            {
                Assert.Equal((float)means[2][step], forecasts[(3 * (period - 24)) + 2][step]);
                Assert.Equal(0, means[0][step] - means[1][step] + means[2][step], 1e-9);
            }
        }
    }

    [Fact]
    public void A_series_that_is_not_known_gets_no_forecast()
    {
        var context = new MLContext(1);
        ReconciledForecastingTransformer model = Fit(context, context.Data.LoadFromEnumerable(Rows(0, 24)));
        float[][] forecasts = [.. model.Transform(context.Data.LoadFromEnumerable([new Row { Date = new DateTime(2024, 1, 1), Line = "tax", Amount = 1 }])).GetColumn<float[]>("Forecast")];
        Assert.All(forecasts[0], value => Assert.True(float.IsNaN(value)));
    }

    private static ReconciledForecastingTransformer Fit(MLContext context, IDataView rows) => new(context.Forecasting.ForecastBy(new SeasonalNaiveMethod(), new SeriesForecastingOptions
    {
        Panel = new PanelOptions { TimeColumn = "Date", SeriesColumn = "Line", ValueColumn = "Amount" },
        Horizon = Horizon,
        ConfidenceLowerBoundColumn = "Lower",
        ConfidenceUpperBoundColumn = "Upper",
    }).Fit(rows), new Reconciliation([[1, -1, 1]], ShrunkCorrelation.None(3)));

    private static IEnumerable<Row> Rows(int first, int count) => Enumerable.Range(first, count).SelectMany(period => new[] { "profit", "revenue", "cost" }
        .Select((line, i) => new Row { Date = new DateTime(2022, 1, 1).AddMonths(period), Line = line, Amount = Value(i, period) }));

    // The equation holds in no period, so that there is something to reconcile.
    private static double Value(int line, int period) => (100 * (line + 1)) + (10 * Math.Sin(period * (line + 1))) + period;

    private sealed class Row
    {
        public DateTime Date { get; set; }

        public string Line { get; set; } = "";

        public double Amount { get; set; }
    }
}
