using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLPipelines.Cli.Tests.Train;

public sealed class ForecastingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Two shops, month by month: 100 + 10 · month of the year, and ten times that.</summary>
    private static string Sales(int start, int months, char separator = ',')
    {
        var text = new StringBuilder($"month{separator}shop{separator}units\n");
        for (int i = start; i < start + months; i++)
        {
            string month = new DateTime(2020, 1, 1).AddMonths(i).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            int units = 100 + (10 * (i % 12));
            text.Append(CultureInfo.InvariantCulture, $"{month}{separator}Oslo{separator}{units}\n{month}{separator}Bergen{separator}{10 * units}\n");
        }
        return text.ToString();
    }

    private string[] Options(string data, params string[] more) =>
        ["train", "forecasting", "--dataset", data, "--time-col", "month", "--value-col", "units", "--series-col", "shop", "--horizon", "3", "--output", _folder["m.zip"], .. more];

    private string Train(int months = 36, params string[] more)
    {
        CommandRun.Of(Options(_folder.Write("d.csv", Sales(0, months)), ["--trainer", "seasonal-naive", .. more])).Succeeded();
        return _folder["m.zip"];
    }

    [Fact]
    public void A_backtest_measures_and_the_model_learns_from_everything()
    {
        CommandRun run = CommandRun.Of(Options(_folder.Write("d.csv", Sales(0, 36)), "--trainer", "seasonal-naive", "--json")).Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal("forecasting", json.RootElement.GetProperty("scenario").GetString());
        Assert.Equal("seasonal-naive", json.RootElement.GetProperty("trainer").GetString());
        Assert.Equal(72, json.RootElement.GetProperty("rows").GetProperty("train").GetInt32());
        Assert.Equal(18, json.RootElement.GetProperty("rows").GetProperty("test").GetInt32());
        JsonElement metrics = json.RootElement.GetProperty("metrics");
        Assert.Equal(0, metrics.GetProperty("smape").GetDouble());
        Assert.Equal(["smape", "mase", "owa", "rmse", "coverage95"], metrics.EnumerateObject().Select(metric => metric.Name));
        string[] lines = CommandRun.Of("predict", _folder["m.zip"]).Succeeded().Out.TrimEnd('\n').Split('\n');
        Assert.Equal(["series,time,forecast,lower95,upper95", "Oslo,2023-01,100,100,100", "Oslo,2023-02,110,110,110", "Oslo,2023-03,120,120,120", "Bergen,2023-01,1000,1000,1000"], lines[..5]);
        Assert.Equal(7, lines.Length);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("combination")]
    [InlineData("ets")]
    [InlineData("theta")]
    [InlineData("arima")]
    [InlineData("multiple-seasons")]
    [InlineData("naive2")]
    public void Every_trainer_trains(string trainer)
    {
        CommandRun run = CommandRun.Of(Options(_folder.Write("d.csv", Sales(0, 36)), "--trainer", trainer, "--set", "origins=1")).Succeeded();
        Assert.Contains("naive2", run.Out, StringComparison.Ordinal);
        Assert.Contains("coverage95", run.Out, StringComparison.Ordinal);
        Assert.Equal(7, CommandRun.Of("predict", _folder["m.zip"]).Succeeded().Out.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void A_test_file_measures()
    {
        string test = _folder.Write("t.csv", Sales(36, 3));
        CommandRun run = CommandRun.Of(Options(_folder.Write("d.csv", Sales(0, 36)), "--trainer", "seasonal-naive", "--test-dataset", test, "--report", _folder["r.html"])).Succeeded();
        Assert.Contains($"Metrics on 6 values of {test}", run.Out, StringComparison.Ordinal);
        string page = File.ReadAllText(_folder["r.html"]);
        Assert.Contains("SeasonalNaive[12]", page, StringComparison.Ordinal);
        Assert.Contains("Steps ahead", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<svg").Length - 1);
    }

    [Fact]
    public void Rows_of_the_future_are_filled_in()
    {
        string model = Train();
        string rows = _folder.Write("p.csv", "shop;note;month\nOslo;\"a; b\";2023-02\nBergen;;2023-12\nMoss;;2023-01\nOslo;;2022-12\n");
        string[] lines = CommandRun.Of("predict", model, "--dataset", rows).Succeeded().Out.TrimEnd('\n').Split('\n');
        Assert.Equal(["shop;note;month;forecast;lower95;upper95", "Oslo;\"a; b\";2023-02;110;110;110", "Bergen;;2023-12;2100;2100;2100", "Moss;;2023-01;;;", "Oslo;;2022-12;;;"], lines);
    }

    [Fact]
    public void Observations_are_taken_in_first()
    {
        string model = Train(), observations = _folder.Write("o.csv", "month,shop,units\n2023-01,Oslo,1\n2023-01,Moss,1\n");
        CommandRun run = CommandRun.Of("predict", model, "--observations", observations, "--horizon", "12").Succeeded();
        string[] lines = run.Out.TrimEnd('\n').Split('\n');
        Assert.Equal("Oslo,2023-02,110,110,110", lines[1]);
        Assert.Equal("Oslo,2024-01,1,1,1", lines[12]);
        Assert.Equal("Bergen,2023-01,1000,1000,1000", lines[13]);
        Assert.Contains("1 row of", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_rolls_over_the_rows_after_the_end()
    {
        string model = Train(), data = _folder.Write("e.csv", Sales(0, 42));
        CommandRun run = CommandRun.Of("evaluate", model, "--dataset", data).Succeeded();
        // Four origins, three steps each, in two series.
        Assert.Contains($"Metrics on 24 forecast values of {data}", run.Out, StringComparison.Ordinal);
        foreach (string part in (string[])["smape", "mase", "owa", "rmse", "coverage95", "naive2", "Steps ahead", "Oslo", "Bergen"]) Assert.Contains(part, run.Out, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(CommandRun.Of("evaluate", model, "--dataset", data, "--json").Succeeded().LastLine);
        Assert.Equal(24, json.RootElement.GetProperty("rows").GetProperty("test").GetInt32());
        Assert.Contains("No row is after the last time that the model has seen", CommandRun.Of("evaluate", model, "--dataset", _folder["d.csv"]).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspecting_tells_models_and_what_fell_back()
    {
        string data = _folder.Write("d.csv", Sales(0, 36) + "2022-12,Moss,4\n");
        CommandRun trained = CommandRun.Of(Options(data, "--trainer", "seasonal-naive")).Succeeded();
        Assert.Contains("Series that fell back to a simpler model", trained.Out, StringComparison.Ordinal);
        string shown = CommandRun.Of("inspect", _folder["m.zip"]).Succeeded().Out;
        foreach (string part in (string[])["1 month", "SeasonalNaive[12]: 2, Naive: 1", "1 (Moss): it has 1 value, less than its season of 12", "series-forecasting"]) Assert.Contains(part, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_and_duplicates_are_treated_as_asked()
    {
        string gaps = _folder.Write("d.csv", "month,shop,units\n2024-01,A,1\n2024-02,A,2\n2024-03,A,\n2024-05,A,5\n");
        string refused = CommandRun.Of(Options(gaps)).Refused();
        Assert.Contains("d.csv: Series 'A' has no value at 2 of 5 steps of 1 month, the first at 2024-03.", refused, StringComparison.Ordinal);
        Assert.EndsWith("Here that is --gaps interpolate, last, zero or value.", refused, StringComparison.Ordinal);
        CommandRun.Of(Options(gaps, "--gaps", "last", "--season", "1", "--trainer", "seasonal-naive")).Succeeded();
        string twice = _folder.Write("e.csv", "month,shop,units\n2024-01,A,1\n2024-02,A,2\n2024-02,A,3\n2024-03,A,4\n");
        refused = CommandRun.Of(Options(twice)).Refused();
        Assert.Contains("e.csv: Series 'A' has several values at 2024-02 (rows 2 and 3 of the data)", refused, StringComparison.Ordinal);
        Assert.EndsWith("Here that is --duplicates sum, mean or last.", refused, StringComparison.Ordinal);
        CommandRun.Of(Options(twice, "--duplicates", "sum", "--trainer", "seasonal-naive")).Succeeded();
    }

    [Theory]
    [InlineData("--trainer: there is no trainer 'prophet' for forecasting.", "--trainer", "prophet")]
    [InlineData("--season: found 'year'", "--season", "year")]
    [InlineData("--gaps: found 'guess', expected automatic, stop, interpolate, last, zero, value.", "--gaps", "guess")]
    [InlineData("--horizon: found '0', expected a whole number of at least 1.", "--horizon", "0")]
    [InlineData("--series-col: ", "--series-col", "store")]
    [InlineData("--calendar: found 'moon'", "--calendar", "moon")]
    [InlineData("--set: there is no setting 'depth'.", "--set", "depth=3")]
    public void Arguments_that_cannot_be_worked_with_are_named(string message, params string[] more) =>
        Assert.StartsWith(message, CommandRun.Of([.. Options(_folder.Write("d.csv", Sales(0, 36))).Except(more.Length > 1 && more[0] is "--horizon" ? ["--horizon", "3"] : more[0] is "--series-col" ? ["--series-col", "shop"] : []), .. more]).Refused(), StringComparison.Ordinal);

    [Fact]
    public void Options_of_forecasts_are_for_forecasters_only()
    {
        string data = _folder.Write("t.csv", Samples.Texts());
        CommandRun.Of("train", "text-classification", "--dataset", data, "--label-col", "label", "--output", _folder["t.zip"]).Succeeded();
        Assert.Equal("Option '--dataset' is required. See 'mlp predict --help'.", CommandRun.Of("predict", _folder["t.zip"]).Refused());
        Assert.Equal($"--horizon: {_folder["t.zip"]} is no forecaster of series.", CommandRun.Of("predict", _folder["t.zip"], "--horizon", "3").Refused());
    }

    [Fact]
    public void Covariates_of_the_future_move_the_forecast()
    {
        var text = new StringBuilder("day,price,sold\n");
        for (int i = 0; i < 100; i++) text.Append(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 1).AddDays(i):yyyy-MM-dd},{10 + (i * 7919 % 5)},{100 - (6 * (i * 7919 % 5)) + (i % 3)}\n");
        string data = _folder.Write("d.csv", text.ToString()), plan = _folder.Write("p.csv", "day,price\n2024-04-10,10\n2024-04-11,14\n");
        CommandRun.Of("train", "forecasting", "--dataset", data, "--time-col", "day", "--value-col", "sold", "--covariate-cols", "price", "--season", "1", "--horizon", "7", "--trainer", "ets", "--output", _folder["m.zip"]).Succeeded();
        double[] forecast = [.. CommandRun.Of("predict", _folder["m.zip"], "--dataset", plan).Succeeded().Out.TrimEnd('\n').Split('\n').Skip(1).Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))];
        Assert.InRange(forecast[0], 98, 104);
        Assert.InRange(forecast[1], 74, 80);
    }

    [Fact]
    public void Thousands_of_series_go_through_in_seconds()
    {
        var text = new StringBuilder("series,step,value\n");
        for (int series = 0; series < 3000; series++)
            for (int step = 0; step < 100; step++) text.Append(CultureInfo.InvariantCulture, $"S{series},{step},{(series * 31 + step * 17) % 97}\n");
        string data = _folder.Write("d.csv", text.ToString());
        CommandRun run = CommandRun.Of("train", "forecasting", "--dataset", data, "--time-col", "step", "--value-col", "value", "--series-col", "series", "--horizon", "12", "--trainer", "seasonal-naive", "--output", _folder["m.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(run.LastLine);
        Assert.Equal(300_000, json.RootElement.GetProperty("rows").GetProperty("train").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("modelBytes").GetInt64(), 1, 2_000_000);
        CommandRun.Of("predict", _folder["m.zip"], "--output", _folder["f.csv"]).Succeeded();
        Assert.Equal(36_001, File.ReadLines(_folder["f.csv"]).Count());
    }
}
