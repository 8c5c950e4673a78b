using System.Globalization;
using System.Text;
using System.Text.Json;
using MLPipelines.Testing;

namespace MLPipelines.Cli.Tests.Train;

public sealed class DataSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sheet_is_trained_from_predicted_from_and_evaluated_as_a_text_file_is()
    {
        object?[][] rows = [["size", "city", "price"], .. Enumerable.Range(0, 80).Select(i => (object?[])[i * 7 % 83, i % 2 == 0 ? "Ulm" : "Bonn, old town", (i * 7 % 83 * 3) + (i % 2)])];
        WorkbookFile.Write(_folder["homes.xlsx"], ("About", [["nothing", "here"], [1, 2]]), ("Homes", rows));
        var trained = CommandRun.Of("train", "regression", "--dataset", _folder["homes.xlsx"], "--sheet", "Homes", "--label-col", "price", "--trainer", "ols", "--test-dataset", _folder["homes.xlsx"], "--output", _folder["m.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(trained.LastLine);
        Assert.InRange(json.RootElement.GetProperty("metrics").GetProperty("r2").GetDouble(), 0.999, 1);
        var predicted = CommandRun.Of("predict", _folder["m.zip"], "--dataset", _folder["homes.xlsx"], "--sheet", "homes").Succeeded();
        string[] lines = predicted.Out.TrimEnd('\n').Split('\n');
        Assert.Equal("size,city,price,Score", lines[0]);
        Assert.StartsWith("7,\"Bonn, old town\",22,2", lines[2], StringComparison.Ordinal);
        CommandRun.Of("evaluate", _folder["m.zip"], "--dataset", _folder["homes.xlsx"], "--sheet", "Homes").Succeeded();
    }

    [Fact]
    public void A_sheet_that_is_not_there_is_told_of()
    {
        WorkbookFile.Write(_folder["t.xlsx"], ("First", [["a", "y"], [1, 2]]));
        Assert.Equal($"{_folder["t.xlsx"]} has no sheet 'Second'. Its sheets are: First.",
            CommandRun.Of("train", "regression", "--dataset", _folder["t.xlsx"], "--sheet", "Second", "--label-col", "y").Refused());
        string text = _folder.Write("t.csv", "a,y\n1,2\n");
        Assert.StartsWith($"{text} cannot be read as an Excel workbook:", CommandRun.Of("train", "regression", "--dataset", text, "--sheet", "First", "--label-col", "y").Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_depends_on_the_day_of_the_week_is_learned_from_dates()
    {
        var text = new StringBuilder("day,sales\n");
        for (int i = 0; i < 300; i++)
        {
            var day = new DateTime(2023, 1, 1).AddDays(i * 31 % 300);
            text.Append(CultureInfo.InvariantCulture, $"{(i == 9 ? "NA" : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))},{((int)day.DayOfWeek * 10) + 5}\n");
        }
        string data = _folder.Write("d.csv", text.ToString());
        var trained = CommandRun.Of("train", "regression", "--dataset", data, "--label-col", "sales", "--trainer", "ols", "--split", "0.2", "--output", _folder["m.zip"], "--json").Succeeded();
        using JsonDocument json = JsonDocument.Parse(trained.LastLine);
        Assert.InRange(json.RootElement.GetProperty("metrics").GetProperty("r2").GetDouble(), 0.95, 1);
        Assert.Equal(301, CommandRun.Of("predict", _folder["m.zip"], "--dataset", data).Succeeded().Out.TrimEnd('\n').Split('\n').Length);
    }
}
