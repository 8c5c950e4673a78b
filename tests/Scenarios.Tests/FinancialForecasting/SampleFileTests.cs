using MLPipelines.Scenarios.FinancialForecasting;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Tests.FinancialForecasting;

public class SampleFileTests
{
    [Fact]
    public void Preview()
    {
        var context = new MLContext(1);
        var table = FinancialTable.Load("/work/wt/c-finance/data/monthly-accounts.csv");
        var forecast = new FinancialForecastingTrainer(context, new FinancialForecastingOptions
        {
            Method = new ArimaMethod(),
            Identities = "revenue = product sales + subscriptions; costs = cost of goods + staff + marketing; profit = revenue - costs",
        }).Train(table);
        forecast.SaveReport("/tmp/cf/report.html", "Marrowby: what to expect of 2025");
        forecast.Statement.SaveCsv("/tmp/cf/statement.csv");
    }
}
