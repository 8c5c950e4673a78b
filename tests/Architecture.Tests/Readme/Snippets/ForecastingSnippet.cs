using MLPipelines;
using MLPipelines.Data;
using MLPipelines.Scenarios.Forecasting;
using MLPipelines.TimeSeries;

namespace Snippets;

/// <summary>The code of src/Scenarios/Forecasting/README.md.</summary>
internal static class ForecastingSnippet
{
    internal static PanelForecast[] Run()
    {
        var context = new MLContext(seed: 1);
        var demand = context.Data.LoadFromTextFile<Demand>("data/monthly-demand.csv", separatorChar: ',', hasHeader: true);

        var columns = new PanelOptions { TimeColumn = "Month", SeriesColumn = "Product", ValueColumn = "Units" };
        var result = new DemandForecastingTrainer(context, new DemandForecastingOptions { Panel = columns, Horizon = 12 }).Train(demand);
        Console.WriteLine($"OWA {result.Backtest()?.OverallWeightedAverage:F2}");          // below 1 is better than Naive2
        context.Model.Save(result.Model, demand.Schema, "models/demand.zip");

        var forecaster = (SeriesForecastingTransformer)context.Model.Load("models/demand.zip", out _);
        foreach (var forecast in forecaster.Forecast())
            Console.WriteLine($"{forecast.Series,-14} {forecast.Points[0].Time} {forecast.Points[0].Mean,8:F0}  {forecast.Points[0].Lower:F0} to {forecast.Points[0].Upper:F0}");
        return [.. forecaster.Forecast()];
    }

    class Demand
    {
        [LoadColumnName("month")] public string Month { get; set; } = "";
        [LoadColumnName("product")] public string Product { get; set; } = "";
        [LoadColumnName("units")] public float Units { get; set; }
    }
}
