using System.Globalization;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Evaluating;

/// <summary>Shows how good forecasts are: overall, per step ahead and per series, with the baseline beside them.</summary>
internal static class ForecastTables
{
    private const int Series = 10, Steps = 12;

    internal static IEnumerable<TextTable> Of(ForecastingMetrics metrics, string values)
    {
        ForecastingMetrics baseline = metrics.Baseline!;
        var all = new TextTable($"Metrics on {Figures.Count(metrics.Count)} {values}", "metric", "#value", "#naive2");
        all.Add("smape", Figure(metrics.SymmetricMeanAbsolutePercentageError), Figure(baseline.SymmetricMeanAbsolutePercentageError));
        all.Add("mase", Figure(metrics.MeanAbsoluteScaledError), Figure(baseline.MeanAbsoluteScaledError));
        all.Add("owa", Figure(metrics.OverallWeightedAverage), "1");
        all.Add("rmse", Figure(metrics.RootMeanSquaredError), Figure(baseline.RootMeanSquaredError));
        all.Add("coverage95", Figure(metrics.Coverage), Figure(baseline.Coverage));
        yield return all;

        if (metrics.PerHorizon.Count > 1)
        {
            // Of many steps the first ones, and then ever fewer.
            int[] shown = metrics.PerHorizon.Count <= Steps ? [.. Enumerable.Range(0, metrics.PerHorizon.Count)]
                : [.. Enumerable.Range(0, Steps).Select(i => (int)Math.Round(Math.Pow(metrics.PerHorizon.Count, (double)i / (Steps - 1))) - 1).Distinct()];
            TextTable steps = Table("Steps ahead", "step");
            foreach (int step in shown) Add(steps, (step + 1).ToString(CultureInfo.InvariantCulture), metrics.PerHorizon[step]);
            yield return steps;
        }
        if (metrics.PerSeries.Count > 1)
        {
            TextTable worst = Table(metrics.PerSeries.Count > Series ? string.Create(CultureInfo.InvariantCulture, $"The {Series} series with the largest errors of {metrics.PerSeries.Count}") : "Series, the largest errors first", "series");
            foreach (var (name, one) in metrics.PerSeries.OrderByDescending(pair => double.IsNaN(pair.Value.MeanAbsoluteScaledError) ? -1 : pair.Value.MeanAbsoluteScaledError).Take(Series)) Add(worst, name, one);
            yield return worst;
        }
    }

    private static TextTable Table(string title, string first) => new(title, first, "#values", "#smape", "#mase", "#owa", "#rmse", "#coverage95", "#naive2 smape", "#naive2 mase");

    private static void Add(TextTable table, string name, ForecastingMetrics metrics) => table.Add(name, Figures.Count(metrics.Count), Figure(metrics.SymmetricMeanAbsolutePercentageError),
        Figure(metrics.MeanAbsoluteScaledError), Figure(metrics.OverallWeightedAverage), Figure(metrics.RootMeanSquaredError), Figure(metrics.Coverage),
        Figure(metrics.Baseline!.SymmetricMeanAbsolutePercentageError), Figure(metrics.Baseline.MeanAbsoluteScaledError));

    private static string Figure(double value) => double.IsNaN(value) ? "-" : Figures.Metric(value);
}
