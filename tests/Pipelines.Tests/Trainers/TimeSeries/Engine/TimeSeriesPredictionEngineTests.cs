using MLPipelines.Data;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

public class TimeSeriesPredictionEngineTests
{
    private readonly MLContext _context = new(seed: 1);

    private sealed class Point
    {
        public string Text { get; set; } = "some text";

        public double Random { get; set; } = -1;

        public double Value { get; set; }
    }

    private sealed class Scores
    {
        public double[] Change { get; set; } = [];
    }

    private sealed class Bounds
    {
        public float[] Forecast { get; set; } = [];
    }

    private sealed class Untouched
    {
        public double Random { get; set; }
    }

    private IDataView View() => _context.Data.LoadFromEnumerable(
        Enumerable.Range(0, 50).Select(i => new Point { Value = i % 10 }).Concat(Enumerable.Range(0, 10).Select(i => new Point { Value = i * 100 })).ToList());

    private IEstimator<ITransformer> Start() => _context.Transforms.Text.FeaturizeText("Features", "Text").Append(_context.Transforms.Conversion.ConvertType("Value", "Value", DataKind.Single));

    private ITransformer Detector() => Start().Append(_context.Transforms.DetectChangePointBySsa("Change", "Value", 95.0, 10, 50, 10)).Fit(View());

    private ITransformer Reloaded<TDst>(TimeSeriesPredictionEngine<Point, TDst> engine) where TDst : class, new()
    {
        using var stream = new MemoryStream();
        engine.CheckPoint(_context, stream);
        stream.Position = 0;
        return _context.Model.Load(stream, out _);
    }

    // ChangePointDetectionWithSeasonalityPredictionEngine in ML.NET's TimeSeriesDirectApi.cs.
    [Fact]
    public void A_checkpoint_goes_on_as_if_it_had_never_stopped()
    {
        var engine = Detector().CreateTimeSeriesEngine<Point, Scores>(_context);
        Assert.Equal([0, 1.1661833524703979, 0.5, 5.12E-08], engine.Predict(new Point { Value = 1 }).Change, (a, b) => Math.Abs(a - b) < 1e-5);
        ITransformer saved = Reloaded(engine);
        double[] expected = engine.Predict(new Point { Value = 1 }).Change;
        Assert.Equal([0, 0.12216401100158691, 0.14823824685192111, 1.5292508189989167E-07], expected, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(expected, saved.CreateTimeSeriesEngine<Point, Scores>(_context).Predict(new Point { Value = 1 }).Change);
    }

    // ChangePointDetectionWithSeasonalityPredictionEngineNoColumn in ML.NET's TimeSeriesDirectApi.cs.
    [Fact]
    public void An_observation_counts_even_if_nobody_asks_what_it_means()
    {
        ITransformer model = Detector();
        var silent = model.CreateTimeSeriesEngine<Point, Untouched>(_context);
        Assert.Equal(-1, silent.Predict(new Point { Value = 1 }).Random);
        var engine = model.CreateTimeSeriesEngine<Point, Scores>(_context);
        engine.Predict(new Point { Value = 1 });
        Assert.Equal(engine.Predict(new Point { Value = 1 }).Change, Reloaded(silent).CreateTimeSeriesEngine<Point, Scores>(_context).Predict(new Point { Value = 1 }).Change);
    }

    [Fact]
    public void Engines_of_one_model_do_not_know_of_each_other()
    {
        ITransformer model = Detector();
        var first = model.CreateTimeSeriesEngine<Point, Scores>(_context);
        double[] alone = first.Predict(new Point { Value = 3 }).Change;
        for (int i = 0; i < 5; i++) first.Predict(new Point { Value = 1000 });
        Assert.Equal(alone, model.CreateTimeSeriesEngine<Point, Scores>(_context).Predict(new Point { Value = 3 }).Change);
    }

    // SsaForecastPredictionEngine in ML.NET's TimeSeriesDirectApi.cs: forecast, lower and upper bounds side by side.
    [Fact]
    public void A_variable_horizon_goes_through_the_steps_that_follow()
    {
        ITransformer model = Start()
            .Append(_context.Forecasting.ForecastBySsa("Forecast", "Value", 10, 11, 22, 4, confidenceLowerBoundColumn: "Low", confidenceUpperBoundColumn: "High", variableHorizon: true))
            .Append(_context.Transforms.Concatenate("Forecast", "Forecast", "Low", "High")).Fit(View());
        var engine = model.CreateTimeSeriesEngine<Point, Bounds>(_context);
        Assert.Equal(
            [-1.02245092f, 0.08333033f, 2.6073704f, 5.397318f, 7.5008316f, -5.1881413f, -4.82533741f, -2.563095f, 0.21317233f, 2.29317045f, 3.1432397f, 4.991998f, 7.777836f, 10.581464f, 12.708492f],
            engine.Predict(horizon: 5).Forecast, (a, b) => Math.Abs(a - b) < 3e-6);
        engine.Predict(new Point { Value = 2 });
        var bounds = new Bounds();
        engine.Predict(new Point { Value = 2 }, ref bounds);
        Assert.Equal(
            [4.310586f, 6.397167f, 7.73934f, 8.029469f, 0.14489543f, 1.48849952f, 2.5688744f, 2.845323f, 8.476276f, 11.305835f, 12.909805f, 13.2136145f],
            bounds.Forecast, (a, b) => Math.Abs(a - b) < 5e-6);
    }

    [Fact]
    public void A_fixed_horizon_may_differ_only_where_no_step_relies_on_it()
    {
        IEstimator<ITransformer> forecaster = Start().Append(_context.Forecasting.ForecastBySsa("Forecast", "Value", 10, 11, 22, 4));
        Assert.Equal(9, forecaster.Fit(View()).CreateTimeSeriesEngine<Point, Bounds>(_context).Predict(horizon: 9).Forecast.Length);
        var followed = forecaster.Append(_context.Transforms.CopyColumns("Copy", "Forecast")).Fit(View()).CreateTimeSeriesEngine<Point, Bounds>(_context);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => followed.Predict(horizon: 9));
        Assert.Contains("variableHorizon: true", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, followed.Predict().Forecast.Length);
    }

    [Fact]
    public void A_detector_has_nothing_to_say_without_an_observation()
    {
        var engine = Detector().CreateTimeSeriesEngine<Point, Scores>(_context);
        double[] expected = Detector().CreateTimeSeriesEngine<Point, Scores>(_context).Predict(new Point { Value = 1 }).Change;
        Assert.All(engine.Predict().Change, score => Assert.True(double.IsNaN(score)));
        Assert.Equal(expected, engine.Predict(new Point { Value = 1 }).Change);
    }

    [Fact]
    public void A_checkpoint_in_a_file_appears_whole()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var engine = Detector().CreateTimeSeriesEngine<Point, Scores>(_context, new PredictionEngineOptions());
            engine.CheckPoint(_context, path);
            engine.Predict(new Point { Value = 1 });
            engine.CheckPoint(_context, path);
            Assert.Equal(
                engine.Predict(new Point { Value = 2 }).Change,
                _context.Model.Load(path, out DataViewSchema schema).CreateTimeSeriesEngine<Point, Scores>(_context).Predict(new Point { Value = 2 }).Change);
            Assert.Equal(NumberDataViewType.Double, schema["Value"].Type);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_step_that_is_neither_a_mapper_nor_follows_series_is_named()
    {
        ITransformer filter = _context.Transforms.RemoveDuplicateRows("Value").Fit(View());
        Assert.Contains(filter.GetType().Name, Assert.Throws<ArgumentException>(() => filter.CreateTimeSeriesEngine<Point, Untouched>(_context)).Message, StringComparison.Ordinal);
    }
}
