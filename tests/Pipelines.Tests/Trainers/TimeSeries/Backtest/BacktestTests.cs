using System.Globalization;
using System.IO.Compression;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Backtest;

public sealed class BacktestTests
{
    private readonly MLContext _context = new(1);

    private static MemoryView Table(params (string Name, double[] Values)[] series) => new MemoryView()
        .AddText("Series", [.. series.SelectMany(one => one.Values.Select(_ => one.Name))])
        .Add("Time", [.. series.SelectMany(one => one.Values.Select((_, i) => (long)i))])
        .Add("Value", [.. series.SelectMany(one => one.Values)]);

    private static SeriesForecastingOptions Options(int horizon, params int[] seasons) => new()
    {
        Panel = new PanelOptions { ValueColumn = "Value", TimeColumn = "Time", SeriesColumn = "Series", Seasons = seasons },
        Horizon = horizon,
    };

    /// <summary>
    /// By hand, for 10 20 12 22 | 14 26 with a season of 2: forecast 12 22, errors 2 4, scale (2 + 2) / 2, deviation 2; Naive2, which finds no season in so
    /// little: forecast 22 22, errors 8 4. The other series never changes: no error, and no scale.
    /// </summary>
    private static void AssertByHand(ForecastingMetrics metrics)
    {
        const double Model = ((200.0 * 2 / 26) + (200.0 * 4 / 48)) / 2, Baseline = ((200.0 * 8 / 36) + (200.0 * 4 / 48)) / 2;
        Assert.Equal(4, metrics.Count);
        Assert.Equal(Model / 2, metrics.SymmetricMeanAbsolutePercentageError, 12);
        Assert.Equal(1.5, metrics.MeanAbsoluteScaledError, 12);
        Assert.Equal(Math.Sqrt(20.0 / 4), metrics.RootMeanSquaredError, 12);
        Assert.Equal(0.75, metrics.Coverage);
        Assert.Equal(Baseline / 2, metrics.Baseline!.SymmetricMeanAbsolutePercentageError, 12);
        Assert.Equal(3, metrics.Baseline.MeanAbsoluteScaledError, 12);
        Assert.Equal(((Model / Baseline) + 0.5) / 2, metrics.OverallWeightedAverage, 12);
        Assert.Equal([0.5, 1.0], metrics.PerSeries.Select(series => series.Value.Coverage));
        Assert.Equal(Math.Sqrt(10), metrics.PerSeries[0].Value.RootMeanSquaredError, 12);
        Assert.True(double.IsNaN(metrics.PerSeries[1].Value.MeanAbsoluteScaledError));
        Assert.Equal([1, 2], metrics.PerHorizon.Select(step => step.MeanAbsoluteScaledError));
        Assert.Equal([1, 0.5], metrics.PerHorizon.Select(step => step.Coverage));
    }

    [Fact]
    public void One_origin_gives_the_measures_of_the_competition()
    {
        MemoryView data = Table(("A", [10, 20, 12, 22, 14, 26]), ("B", [5, 5, 5, 5, 5, 5]));
        AssertByHand(_context.Forecasting.Backtest(data, new SeasonalNaiveMethod(), Options(2, 2), origins: 1));
    }

    [Fact]
    public void A_model_is_measured_on_what_follows_the_same_way()
    {
        SeriesForecastingTransformer model = _context.Forecasting.ForecastBy(new SeasonalNaiveMethod(), Options(2, 2)).Fit(Table(("A", [10, 20, 12, 22]), ("B", [5, 5, 5, 5])));
        // Rows that it has seen, and those of a series that it does not know, are no matter.
        AssertByHand(_context.Forecasting.Evaluate(Table(("C", [1, 2, 3, 4, 5]), ("A", [10, 20, 12, 22, 14, 26]), ("B", [5, 5, 5, 5, 5, 5])), model));
        Assert.Contains("No row is after the last time", Assert.Throws<MLPipelinesException>(() => _context.Forecasting.Evaluate(Table(("A", [10, 20, 12, 22])), model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Origins_roll_from_stride_to_stride()
    {
        MemoryView data = Table(("A", [.. Enumerable.Range(0, 10).Select(i => (double)i)]));
        ForecastingMetrics metrics = _context.Forecasting.Backtest(data, new SeasonalNaiveMethod(), Options(2), origins: 3, stride: 2);
        Assert.Equal(6, metrics.Count);
        Assert.Equal([1, 2], metrics.PerHorizon.Select(step => step.RootMeanSquaredError));
        Assert.Equal(1.5, metrics.MeanAbsoluteScaledError, 12);
        Assert.Equal(1, metrics.OverallWeightedAverage, 12);
        // Fewer where the series is too short for more: 3 values are left to learn from.
        Assert.Equal(12, _context.Forecasting.Backtest(data, new SeasonalNaiveMethod(), Options(2), origins: 99, stride: 1).Count);
    }

    [Fact]
    public void What_was_missing_is_not_measured()
    {
        SeriesForecastingTransformer model = _context.Forecasting.ForecastBy(new SeasonalNaiveMethod(), Options(3)).Fit(Table(("A", [1, 2, 3])));
        MemoryView data = new MemoryView().AddText("Series", "A", "A").Add("Time", 4L, 5L).Add("Value", 4.0, 5.0);
        ForecastingMetrics metrics = _context.Forecasting.Evaluate(data, model);
        Assert.Equal(2, metrics.Count);
        Assert.Equal([0, 1, 1], metrics.PerHorizon.Select(step => step.Count));
        Assert.Equal([1, 2], metrics.PerHorizon.Skip(1).Select(step => step.RootMeanSquaredError));
    }

    [Fact]
    public void Series_too_short_to_leave_a_horizon_out_are_left_out()
    {
        Assert.Single(_context.Forecasting.Backtest(Table(("A", [1, 2, 3]), ("B", [1, 2, 3, 4, 5, 6])), new SeasonalNaiveMethod(), Options(2)).PerSeries);
        Assert.Contains("The longest series has 3 values", Assert.Throws<MLPipelinesException>(
            () => _context.Forecasting.Backtest(Table(("A", [1, 2, 3])), new SeasonalNaiveMethod(), Options(2))).Message, StringComparison.Ordinal);
    }

    /// <summary>The seasonal naive forecast of M4 Hourly: sMAPE 13.912 and MASE 1.193, and of Naive2 18.383, as the competition published them.</summary>
    [DatasetFact("forecasting/m4/Hourly-train.csv.gz")]
    public void The_measures_of_M4_Hourly_are_those_published()
    {
        var following = Read("Hourly-test.csv.gz").ToDictionary(row => row.Name, row => row.Values);
        MemoryView data = Table([.. Read("Hourly-train.csv.gz").Select(row => (row.Name, (double[])[.. row.Values, .. following[row.Name]]))]);
        ForecastingMetrics metrics = _context.Forecasting.Backtest(data, new SeasonalNaiveMethod(), Options(48, 24), origins: 1);
        Assert.Equal(414, metrics.PerSeries.Count);
        Assert.Equal(13.912, metrics.SymmetricMeanAbsolutePercentageError, 3);
        Assert.Equal(1.193, metrics.MeanAbsoluteScaledError, 3);
        Assert.Equal(18.383, metrics.Baseline!.SymmetricMeanAbsolutePercentageError, 3);

        static IEnumerable<(string Name, double[] Values)> Read(string file)
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(Datasets.PathOf($"forecasting/m4/{file}")), CompressionMode.Decompress));
            reader.ReadLine();
            while (reader.ReadLine() is { } line)
            {
                string[] fields = line.Replace("\"", "", StringComparison.Ordinal).Split(',');
                yield return (fields[0], [.. fields.Skip(1).Where(field => field.Length > 0).Select(field => double.Parse(field, CultureInfo.InvariantCulture))]);
            }
        }
    }
}
