using System.Diagnostics;
using System.Globalization;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Programs.Forecasting;

/// <summary>Fits <c>ForecastBySsa</c> to every series and forecasts from an engine, with all cores: how a user of ML.NET's API would.</summary>
internal static class SsaRun
{
    private sealed class Point
    {
        public float Value { get; set; }
    }

    private sealed class Forecast
    {
        public float[] Values { get; set; } = [];
    }

    internal static void Run(Competition competition)
    {
        foreach (int window in new[] { 48, 168 })
        {
            Pass(competition, window);
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            double error = Pass(competition, window);
            double seconds = clock.Elapsed.TotalSeconds, processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"window {window,3}: {seconds:0.00} s, {processor:0.00} s of processor time, {competition.Entries.Count / seconds:0} series per second, mean sMAPE {error:0.000}"));
        }
    }

    private static double Pass(Competition competition, int window)
    {
        double[] errors = new double[competition.Entries.Count];
        Parallel.For(0, errors.Length, i => errors[i] = Measure(competition.Entries[i], window));
        return errors.Average();
    }

    private static double Measure(Entry entry, int window)
    {
        var context = new MLContext(seed: 1);
        int count = entry.Series.Length, horizon = entry.Following.Length;
        IDataView view = context.Data.LoadFromEnumerable(entry.Series.Values.ToArray().Select(value => new Point { Value = (float)value }));
        var model = context.Forecasting.ForecastBySsa("Values", "Value", window, window + 1, count, horizon).Fit(view);
        float[] forecast = model.CreateTimeSeriesEngine<Point, Forecast>(context).Predict().Values;
        return Enumerable.Range(0, horizon).Average(i => 200 * Math.Abs(entry.Following[i] - forecast[i]) / (Math.Abs(entry.Following[i]) + Math.Abs(forecast[i])));
    }
}
