using System.Globalization;
using System.Text.Json;

namespace MLPipelines.Cli.Tests.Train;

public sealed class FinancialForecastingTests : IDisposable
{
    private const string Identities = "revenue = product sales + subscriptions; costs = cost of goods + staff + marketing; profit = revenue - costs";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_a_file_to_a_report_and_a_statement()
    {
        CommandRun run = Train("--report", _folder["report.html"], "--title", "Marrowby 2025", "--json");
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal("financial-forecasting", json.RootElement.GetProperty("scenario").GetString());
        JsonElement metrics = json.RootElement.GetProperty("metrics");
        Assert.InRange(metrics.GetProperty("smape").GetDouble(), 0.1, 20);
        Assert.InRange(metrics.GetProperty("coverage95").GetDouble(), 0.5, 1);
        Assert.Contains("<h1>Marrowby 2025</h1>", File.ReadAllText(_folder["report.html"]), StringComparison.Ordinal);
        Assert.Contains("staff", run.Error, StringComparison.Ordinal);

        CommandRun.Of("predict", _folder["model.zip"], "--output", _folder["statement.csv"]).Succeeded();
        string[][] rows = [.. File.ReadAllLines(_folder["statement.csv"]).Select(line => line.Split(','))];
        Assert.Equal(13, rows.Length);
        Assert.Equal(["2025-01", "forecast"], rows[1][..2]);
        int revenue = Array.IndexOf(rows[0], "revenue"), costs = Array.IndexOf(rows[0], "costs"), profit = Array.IndexOf(rows[0], "profit");
        for (int i = 1; i < rows.Length; i++) Assert.Equal(Number(rows[i][profit]), Number(rows[i][revenue]) - Number(rows[i][costs]), 1e-9);
    }

    [Fact]
    public void A_model_takes_in_later_periods_and_forecasts_as_far_as_asked()
    {
        Train();
        string later = _folder["later.csv"];
        File.WriteAllText(later, "month,product sales,subscriptions,cost of goods,staff,marketing,churn\n2025-01,330k,195k,180k,\"172,000\",55k,2.4%\n");
        CommandRun run = CommandRun.Of("predict", _folder["model.zip"], "--observations", later, "--horizon", "2").Succeeded();
        string[] rows = run.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(["2025-02", "2025-03"], rows.Skip(1).Take(2).Select(row => row.Split(',')[0]));
    }

    [Fact]
    public void Inspecting_tells_the_identities()
    {
        Train();
        Assert.Contains("reconciled-forecasting", CommandRun.Of("inspect", _folder["model.zip"]).Succeeded().Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("profit = sales - costs", "found 'sales - costs', expected a line")]
    [InlineData("profit = revenue / costs", "only sums and multiples")]
    public void An_identity_that_cannot_be_kept_is_refused(string identity, string problem) =>
        Assert.Contains(problem, CommandRun.Of("train", "financial-forecasting", "--dataset", Samples.Accounts, "--horizon", "3", "--identities", identity, "--output", _folder["m.zip"]).Refused(), StringComparison.Ordinal);

    [Fact]
    public void Rows_are_not_what_such_a_model_predicts_from()
    {
        Train();
        Assert.Contains("--observations FILE gives it later periods", CommandRun.Of("predict", _folder["model.zip"], "--dataset", Samples.Accounts).Refused(), StringComparison.Ordinal);
    }

    private CommandRun Train(params string[] more) => CommandRun.Of(["train", "financial-forecasting", "--dataset", Samples.Accounts, "--time-col", "month", "--identities", Identities, "--horizon", "12",
        "--trainer", "seasonal-naive", "--output", _folder["model.zip"], .. more]).Succeeded();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
