using System.Diagnostics;
using System.Globalization;
using MLPipelines.TimeSeries;

namespace MLPipelines.Programs.Forecasting;

/// <summary>Fits a method to every series of a competition with all cores, and measures its forecasts as the competition did.</summary>
internal static class CompetitionRun
{
    internal static void Run(Competition competition, Func<int, ForecastMethod> create)
    {
        var environment = new MLContext(seed: 1).Environment;
        var results = new Result[competition.Entries.Count];
        var clock = Stopwatch.StartNew();
        Parallel.For(0, results.Length, i => results[i] = Measure(competition.Entries[i], create, environment, competition.SeasonOfMetrics));
        double seconds = clock.Elapsed.TotalSeconds;
        foreach (var group in results.GroupBy(result => result.Group)) Print(group.Key, [.. group]);
        Print("all", results);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Length} series in {seconds:0.00} s"));
    }

    private static Result Measure(Entry entry, Func<int, ForecastMethod> create, TrainingEnvironment environment, int season)
    {
        Series series = entry.Series;
        int horizon = entry.Following.Length;
        ForecastMethod method = create(horizon);
        SeriesModel model = (method.ObjectionTo(series) is null ? method : new SeasonalNaiveMethod()).Fit(series, environment);
        SeriesForecast forecast = model.Forecast(horizon);
        int lag = season > 0 ? season : series.Season;
        ReadOnlySpan<double> values = series.Values.Span;
        double scale = 0;
        for (int i = lag; i < values.Length; i++) scale += Math.Abs(values[i] - values[i - lag]) / (values.Length - lag);
        double symmetric = 0, absolute = 0;
        int covered = 0;
        for (int i = 0; i < horizon; i++)
        {
            double error = Math.Abs(entry.Following[i] - forecast.Mean[i]);
            symmetric += 200 * error / (Math.Abs(entry.Following[i]) + Math.Abs(forecast.Mean[i])) / horizon;
            absolute += error / horizon;
            if (entry.Following[i] >= forecast.Lower[i] && entry.Following[i] <= forecast.Upper[i]) covered++;
        }
        return new Result(entry.Group, symmetric, absolute / scale, covered, horizon);
    }

    private static void Print(string name, Result[] results) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-10} {results.Length,5} series  sMAPE {results.Average(r => r.Symmetric),7:0.000}  MASE {results.Average(r => r.Scaled),6:0.000}  coverage {(double)results.Sum(r => r.Covered) / results.Sum(r => r.Horizon):0.000}"));

    private readonly record struct Result(string Group, double Symmetric, double Scaled, int Covered, int Horizon);
}
