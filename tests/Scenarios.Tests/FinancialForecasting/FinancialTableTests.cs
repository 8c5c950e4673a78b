using MLPipelines.Scenarios.FinancialForecasting;

namespace MLPipelines.Scenarios.Tests.FinancialForecasting;

public sealed class FinancialTableTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"financial-table-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_column_per_line_is_read()
    {
        FinancialTable table = Load("month,revenue (EUR k),cost,margin\n2024-01,1.5,900,12%\n2024-02,2,\"(1,100)\",11%\n2024-04,2.5,,10%\n");
        Assert.Equal(["revenue", "cost", "margin"], table.Lines.Select(line => line.Name));
        Assert.Equal([1500, 2000, double.NaN, 2500], table.Lines[0].Values);
        Assert.Equal([900, -1100, double.NaN, double.NaN], table.Lines[1].Values);
        Assert.Equal([false, false, true], table.Lines.Select(line => line.IsPercent));
        Assert.Equal((12, "EUR", "Apr 2024", "May 2024"), (table.PeriodsPerYear, table.Currency, table.NameOf(3), table.NameOf(4)));
    }

    [Fact]
    public void A_row_per_amount_is_read()
    {
        FinancialTable table = Load("date,line,amount\n2024Q1,revenue,10k\n2024Q1,cost,4k\n2024Q2,revenue,11k\n2024Q2,cost,5k\n2024Q3,cost,6k\n");
        Assert.Equal(["revenue", "cost"], table.Lines.Select(line => line.Name));
        Assert.Equal([10_000, 11_000, double.NaN], table.Lines[0].Values);
        Assert.Equal([4000, 5000, 6000], table.Lines[1].Values);
        Assert.Equal((4, "Q3 2024", "Q4 2024"), (table.PeriodsPerYear, table.NameOf(2), table.NameOf(3)));
    }

    [Theory]
    [InlineData("2023-12-31,2024-01-31,2024-02-29", "Dec 2023,Jan 2024,Feb 2024")]
    [InlineData("01/11/2023,01/12/2023,01/01/2024", "Nov 2023,Dec 2023,Jan 2024")]
    [InlineData("31/12/2023,31/01/2024,29/02/2024", "Dec 2023,Jan 2024,Feb 2024")]
    [InlineData("Nov 2023,Dec 2023,Jan 2024", "Nov 2023,Dec 2023,Jan 2024")]
    [InlineData("2023-06-30,2023-09-30,2023-12-31", "Q2 2023,Q3 2023,Q4 2023")]
    [InlineData("2021-12-31,2022-12-31,2023-12-31", "2021,2022,2023")]
    public void Periods_are_read_as_people_write_them(string dates, string names)
    {
        FinancialTable table = Load("date,revenue\n" + string.Concat(dates.Split(',').Select(date => $"{date},1\n")));
        Assert.Equal(names.Split(','), Enumerable.Range(0, table.Count).Select(table.NameOf));
    }

    [Fact]
    public void A_comma_that_separates_decimals_is_seen()
    {
        FinancialTable table = Load("monat;umsatz;kosten\n2024-01;1.234,50;900\n2024-02;1.300,25;950\n");
        Assert.Equal([1234.5, 1300.25], table.Lines[0].Values);
    }

    [Fact]
    public void Notations_are_told_once_per_line()
    {
        FinancialTable table = Load("month,revenue\n2024-01,1k\n2024-02,2k\n2024-03,\"(5)\"\n");
        Assert.Equal([("revenue", "2 periods", "1k", "1,000"), ("revenue", "1 period", "(5)", "-5")], table.Notes.Select(note => (note.Line, note.Period, note.Found, note.Became)));
    }

    [Theory]
    [InlineData("month,revenue\n2024-01,1\n2024-02,x\n2024-03,3\n", "row 3, column \"revenue\": found 'x', expected an amount")]
    [InlineData("month,revenue\n2024-01,1\nlater,2\n", "row 3, column \"month\": found 'later', expected a month, quarter or year")]
    [InlineData("month,revenue\n2024-01,1\n2024-01,2\n2024-02,2\n", "rows 2 and 3 both have an amount of 'revenue' for 2024-01")]
    [InlineData("day,revenue\n2024-01-01,1\n2024-01-02,2\n2024-01-03,2\n", "periods are 1 day apart, expected months, quarters or years")]
    [InlineData("month,revenue\n2024-01,1,234\n2024-02,2\n", "row 2 has 3 fields, and the header has 2")]
    [InlineData("month,revenue,cost\n2024-01,€1,$1\n2024-02,€2,$2\n", "found an amount in $, and others are in €")]
    [InlineData("month,margin\n2024-01,1%\n2024-02,2\n", "line 'margin' has 1 amounts with % and 1 without")]
    [InlineData("month,revenue\n", "has a header and no rows")]
    [InlineData("month,note\n2024-01,a\n2024-02,b\n", "has no column of amounts")]
    public void What_cannot_be_read_is_told_with_its_place(string content, string problem) =>
        Assert.Contains(problem, Assert.Throws<MLPipelinesException>(() => Load(content)).Message, StringComparison.Ordinal);

    private FinancialTable Load(string content)
    {
        File.WriteAllText(_file, content);
        return FinancialTable.Load(_file);
    }
}
