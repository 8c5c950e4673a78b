using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Scenarios.FinancialForecasting;
using MLPipelines.Scenarios.Tests.TextClassification;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Tests.FinancialForecasting;

public sealed class FinancialForecastingTrainerTests : IDisposable
{
    private const string Identities = "revenue = product sales + subscriptions; costs = cost of goods + staff + marketing; profit = revenue - costs";

    private static readonly Lazy<FinancialForecast> Sample = new(() => Train(new FinancialForecastingOptions { Identities = Identities, Method = new EtsMethod() }));
    private readonly string _folder = Directory.CreateTempSubdirectory("financial-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Identities_hold_in_every_period_of_the_forecast()
    {
        FinancialStatement statement = Sample.Value.Statement;
        Assert.Equal(12, statement.Horizon);
        for (int step = 0; step < statement.Horizon; step++)
        {
            Assert.Equal(0, At("revenue", step) - At("product sales", step) - At("subscriptions", step), 1e-9);
            Assert.Equal(0, At("costs", step) - At("cost of goods", step) - At("staff", step) - At("marketing", step), 1e-9);
            Assert.Equal(0, At("profit", step) - At("revenue", step) + At("costs", step), 1e-9);
        }

        double At(string line, int step) => statement[line].Forecast[step];
    }

    [Fact]
    public void Intervals_are_around_the_forecast()
    {
        foreach (StatementLine line in Sample.Value.Statement.Lines)
        {
            for (int step = 0; step < line.Forecast.Count; step++)
            {
                Assert.True(line.Lower[step] < line.Forecast[step], line.Name);
                Assert.Equal(line.Forecast[step] - line.Lower[step], line.Upper[step] - line.Forecast[step], 1e-6);
            }
        }
    }

    [Fact]
    public void The_sample_is_cleaned_where_it_is_wrong()
    {
        FinancialChange[] changes = [.. Sample.Value.Changes.Where(change => change.Index >= 0)];
        Assert.Equal(["churn Feb 2024", "product sales May 2023", "staff Aug 2022"], changes.Select(change => $"{change.Line} {change.Period}").Order(StringComparer.Ordinal));
        FinancialStatement statement = Sample.Value.Statement;
        Assert.Equal(statement["revenue"].History[28] - statement["subscriptions"].History[28], statement["product sales"].History[28]);
        Assert.Equal(statement["costs"].History[19] - statement["cost of goods"].History[19] - statement["marketing"].History[19], statement["staff"].History[19]);
        Assert.Empty(Sample.Value.Breaches);
    }

    [Fact]
    public void The_backtest_compares_with_repeating_the_year_before()
    {
        Assert.Equal(9, Sample.Value.Backtest.Count);
        Assert.All(Sample.Value.Backtest, line =>
        {
            Assert.InRange(line.Error, 0.001, 0.5);
            Assert.InRange(line.Coverage, 0.5, 1);
            Assert.Equal(48, line.Count);
        });
        Assert.True(Sample.Value.Backtest.Sum(line => line.Error) < Sample.Value.Backtest.Sum(line => line.NaiveError));
    }

    [Fact]
    public void A_loaded_model_forecasts_the_same()
    {
        var context = new MLContext(1);
        string path = Path.Combine(_folder, "model.zip");
        context.Model.Save(Sample.Value.Model, Sample.Value.InputSchema, path);
        ITransformer loaded = context.Model.Load(path, out DataViewSchema schema);
        AmountRow[] rows = [.. Sample.Value.Statement.Lines.Select(line => new AmountRow { Date = "2025-01", Line = line.Name, Amount = line.Forecast[0] })];
        IDataView next = context.Data.LoadFromEnumerable(rows, schema);
        Assert.Equal(Sample.Value.Model.Transform(next).GetColumn<float[]>("Forecast"), loaded.Transform(next).GetColumn<float[]>("Forecast"));
        var model = FinancialModel.Load(context, path);
        Assert.Equal("profit", model.Lines[7]);
        Assert.Equal(Sample.Value.Statement["profit"].Forecast, model.Forecast().Select(outlook => outlook.Expected[7]));
        Assert.Equal(Sample.Value.Statement["profit"].Upper, model.Forecast().Select(outlook => outlook.Upper[7]));
        Assert.Equal("2025-01", model.Forecast()[0].Date);
    }

    [Fact]
    public void A_loaded_model_takes_in_later_periods_and_computes_the_lines_that_identities_define()
    {
        var context = new MLContext(1);
        double[] revenue = [.. Enumerable.Range(0, 30).Select(i => 100.0 + i + (10 * (i % 4)))], cost = [.. revenue.Select((value, i) => (value * 0.8) + (i % 3))];
        FinancialTable Table(int count) => new(new DateTime(2015, 1, 1), 4, [new("revenue", revenue[..count]), new("cost", cost[..count])]);
        var options = new FinancialForecastingOptions { Horizon = 4, Identities = "profit = revenue - cost", Method = new SeasonalNaiveMethod(), BacktestOrigins = 0 };
        FinancialForecast early = new FinancialForecastingTrainer(context, options).Train(Table(24));
        context.Model.Save(early.Model, early.InputSchema, Path.Combine(_folder, "early.zip"));
        FinancialModel later = FinancialModel.Load(context, Path.Combine(_folder, "early.zip")).Observe(Table(30));
        FinancialOutlook first = later.Forecast(1)[0];
        Assert.Equal("2022-07-01", first.Date);
        // What the naive forecast repeats keeps the identity, so that there is nothing to reconcile.
        Assert.All(first.Expected.Zip([revenue[26], cost[26], revenue[26] - cost[26]]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Contains("has no line 'cost'", Assert.Throws<MLPipelinesException>(() => later.Observe(new FinancialTable(new DateTime(2025, 1, 1), 4, [new("revenue", [1, 2])]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_is_written_to_the_last_digit()
    {
        string path = Path.Combine(_folder, "statement.csv");
        Sample.Value.Statement.SaveCsv(path);
        string[][] rows = [.. File.ReadAllLines(path).Select(line => line.Split(','))];
        Assert.Equal(["date", "type", "product sales", "subscriptions"], rows[0][..4]);
        Assert.Equal(("product sales lower", "product sales upper"), (rows[0][11], rows[0][12]));
        Assert.Equal(1 + 48 + 12, rows.Length);
        Assert.Equal(["2021-01", "history"], rows[1][..2]);
        Assert.Equal(["2025-12", "forecast"], rows[^1][..2]);
        Assert.Equal(Sample.Value.Statement["product sales"].Forecast[11], double.Parse(rows[^1][2], CultureInfo.InvariantCulture));
        Assert.Equal("", rows[1][11]);
    }

    [Fact]
    public void A_report_is_one_page_with_everything()
    {
        string path = Path.Combine(_folder, "new", "report.html");
        Sample.Value.SaveReport(path, "Accounts & outlook");
        string page = File.ReadAllText(path);
        foreach (string part in new[] { "<h1>Accounts &amp; outlook</h1>", "Amounts in thousand EUR.", "Expected, Jan 2025 – Dec 2025", "Statement by year", "Statement by month", "What was cleaned", "profit = revenue - costs", "How such forecasts did" })
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.Equal(9, page.Split("<svg ").Length - 1);
        foreach (string reference in new[] { "src=", "href", "url(", "<script", "<link" }) Assert.DoesNotContain(reference, page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_a_report_are_in_the_culture_that_is_asked_for()
    {
        string path = Path.Combine(_folder, "bericht.html");
        Sample.Value.SaveReport(path, "Ausblick", CultureInfo.GetCultureInfo("de-DE"));
        double year = Sample.Value.Statement["revenue"].Forecast.Sum() / 1000;
        Assert.Contains(year.ToString("N1", CultureInfo.GetCultureInfo("de-DE")), File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_without_identities_are_forecast_by_themselves()
    {
        FinancialForecast forecast = Train(new FinancialForecastingOptions { Horizon = 2, BacktestOrigins = 0, Method = new SeasonalNaiveMethod() });
        Assert.Empty(forecast.Backtest);
        FinancialStatement statement = forecast.Statement;
        Assert.Equal(statement["subscriptions"].History[36], statement["subscriptions"].Forecast[0]);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(4)]
    [InlineData(1)]
    public void Months_quarters_and_years_make_reports(int periodsPerYear)
    {
        double[] revenue = [.. Enumerable.Range(0, 14).Select(i => 100.0 + (5 * i) + (i % periodsPerYear))], cost = [.. revenue.Select(value => value * 1.1)];
        var table = new FinancialTable(new DateTime(2020, 3, 31), periodsPerYear, [new("revenue", revenue), new("cost", cost)]);
        FinancialForecast forecast = new FinancialForecastingTrainer(new MLContext(1), new FinancialForecastingOptions { Horizon = 5, Identities = "profit = revenue - cost" }).Train(table);
        string path = Path.Combine(_folder, "report.html");
        forecast.SaveReport(path);
        Assert.DoesNotContain("NaN", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.True(forecast.Statement["profit"].Forecast[0] < 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_bytes()
    {
        Assert.Equal(Save("a.zip"), Save("b.zip"));

        byte[] Save(string name)
        {
            var context = new MLContext(1);
            FinancialForecast forecast = Train(new FinancialForecastingOptions { Identities = Identities, BacktestOrigins = 0, Method = new EtsMethod() });
            context.Model.Save(forecast.Model, forecast.InputSchema, Path.Combine(_folder, name));
            return File.ReadAllBytes(Path.Combine(_folder, name));
        }
    }

    private static FinancialForecast Train(FinancialForecastingOptions options) => new FinancialForecastingTrainer(new MLContext(1), options).Train(FinancialTable.Load(SampleTexts.DataFile("monthly-accounts.csv")));
}
