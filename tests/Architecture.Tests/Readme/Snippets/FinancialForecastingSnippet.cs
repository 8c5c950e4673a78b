using MLPipelines;
using MLPipelines.Scenarios.FinancialForecasting;

namespace Snippets;

/// <summary>The code of src/Scenarios/FinancialForecasting/README.md.</summary>
internal static class FinancialForecastingSnippet
{
    internal static FinancialForecast Run()
    {
        var context = new MLContext(seed: 1);
        var table = FinancialTable.Load("data/monthly-accounts.csv");

        var options = new FinancialForecastingOptions
        {
            Horizon = 12,
            Identities = "revenue = product sales + subscriptions; costs = cost of goods + staff + marketing; profit = revenue - costs",
        };
        FinancialForecast forecast = new FinancialForecastingTrainer(context, options).Train(table);
        forecast.SaveReport("models/report.html", "Marrowby: what to expect of 2025");
        forecast.Statement.SaveCsv("models/statement.csv");
        context.Model.Save(forecast.Model, forecast.InputSchema, "models/accounts.zip");

        FinancialModel model = FinancialModel.Load(context, "models/accounts.zip");
        int profit = model.Lines.ToList().IndexOf("profit");
        foreach (FinancialOutlook month in model.Forecast(horizon: 3))
            Console.WriteLine($"{month.Date}: {month.Expected[profit]:N0} ({month.Lower[profit]:N0} to {month.Upper[profit]:N0})");
        return forecast;
    }
}
