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
        foreach (var group in results.GroupBy(result => result.Group))
            if (group.Count() < results.Length) Print(group.Key, [.. group]);
        Print("all", results);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Length} series in {seconds:0.00} s"));
    }

    private static Result Measure(Entry entry, Func<int, ForecastMethod> create, TrainingEnvironment environment, int season)
    {
        Series series = entry.Series;
        int horizon = entry.Following.Length, lag = season > 0 ? season : series.Season;
        ForecastMethod method = create(horizon);
        SeriesForecast forecast = (method.ObjectionTo(series) is null ? method : new SeasonalNaiveMethod()).Fit(series, environment).Forecast(horizon);
        SeriesForecast naive = new Naive2Method().Fit(new Series(series.Name, series.Values, lag > 1 ? [lag] : []), environment).Forecast(horizon);
        ReadOnlySpan<double> values = series.Values.Span;
        double scale = 0;
        for (int i = lag; i < values.Length; i++) scale += Math.Abs(values[i] - values[i - lag]) / (values.Length - lag);
        int covered = 0;
        for (int i = 0; i < horizon; i++)
            if (entry.Following[i] >= forecast.Lower[i] && entry.Following[i] <= forecast.Upper[i]) covered++;
        return new Result(entry.Group, Symmetric(forecast), Absolute(forecast) / scale, Symmetric(naive), Absolute(naive) / scale, covered, horizon);

        double Symmetric(SeriesForecast forecast) =>
            Enumerable.Range(0, horizon).Average(i => 200 * Math.Abs(entry.Following[i] - forecast.Mean[i]) / (Math.Abs(entry.Following[i]) + Math.Abs(forecast.Mean[i])));

        double Absolute(SeriesForecast forecast) => Enumerable.Range(0, horizon).Average(i => Math.Abs(entry.Following[i] - forecast.Mean[i]));
    }

    private static void Print(string name, Result[] results)
    {
        double symmetric = results.Average(r => r.Symmetric), scaled = results.Average(r => r.Scaled), steps = results.Sum(r => r.Horizon);
        double owa = ((symmetric / results.Average(r => r.NaiveSymmetric)) + (scaled / results.Average(r => r.NaiveScaled))) / 2;
        // The M3 competition took the mean over all values, the M4 competition over series.
        double pooled = results.Sum(r => r.Symmetric * r.Horizon) / steps;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-10} {results.Length,5} series  sMAPE {symmetric,7:0.000} (of all values {pooled,7:0.000})  MASE {scaled,6:0.000}  OWA {owa:0.000}  coverage {results.Sum(r => r.Covered) / steps:0.000}"));
    }

    private readonly record struct Result(string Group, double Symmetric, double Scaled, double NaiveSymmetric, double NaiveScaled, int Covered, int Horizon);
}
