using MLPipelines.Scenarios.FinancialForecasting;

namespace MLPipelines.Scenarios.Tests.FinancialForecasting;

public class FinancialCleaningTests
{
    private const string Profit = "profit = revenue - cost";
    private static readonly double[] Revenue = [.. Enumerable.Range(0, 48).Select(month => Math.Round(1000 + (10 * month) + (200 * Math.Sin(month * Math.PI / 6)) + (7 * Math.Sin(month * 2.3))))];
    private static readonly double[] Cost = [.. Enumerable.Range(0, 48).Select(month => Math.Round(700 + (6 * month) + (90 * Math.Sin(month * Math.PI / 6)) + (5 * Math.Sin(month * 1.7))))];

    [Fact]
    public void A_clean_table_stays_as_it_is()
    {
        var (table, changes) = Clean(Revenue, Cost);
        Assert.Empty(changes);
        Assert.Equal(Revenue, table.Lines[0].Values);
    }

    [Theory]
    [InlineData(10, "the decimal point has slipped")]
    [InlineData(0.01, "the decimal point has slipped")]
    [InlineData(-1, "the sign is wrong")]
    public void A_slip_is_put_right(double factor, string reason)
    {
        var (table, changes) = Clean(With(Revenue, 20, Revenue[20] * factor), Cost);
        FinancialChange change = Assert.Single(changes);
        Assert.Contains(reason, change.Reason, StringComparison.Ordinal);
        Assert.Equal(("revenue", "Sep 2022", 20), (change.Line, change.Period, change.Index));
        Assert.Equal(Revenue[20], table.Lines[0].Values[20], 1e-9);
    }

    [Fact]
    public void An_outlier_becomes_what_the_identity_says()
    {
        var (table, changes) = Clean(With(Revenue, 20, 2950), Cost, Profits(), identities: Profit);
        Assert.Contains(Profit, Assert.Single(changes).Reason, StringComparison.Ordinal);
        Assert.Equal(Revenue[20], table.Lines[0].Values[20], 1e-9);
    }

    [Fact]
    public void An_outlier_becomes_what_trend_and_season_say_where_nothing_else_does()
    {
        var (table, changes) = Clean(With(Revenue, 20, 2950), Cost);
        Assert.StartsWith("Trend and season suggest", Assert.Single(changes).Reason, StringComparison.Ordinal);
        Assert.Equal(Revenue[20], table.Lines[0].Values[20], 25.0);
    }

    [Fact]
    public void An_outlier_that_the_books_agree_with_stays()
    {
        var (table, changes) = Clean(With(Revenue, 20, 2950), Cost, With(Profits(), 20, 2950 - Cost[20]), identities: Profit);
        Assert.All(changes, change => Assert.EndsWith($"it agrees with {Profit}: kept.", change.Reason, StringComparison.Ordinal));
        Assert.Contains(changes, change => change.Line == "revenue");
        Assert.Equal(2950, table.Lines[0].Values[20]);
    }

    [Fact]
    public void Outliers_beside_each_other_stay()
    {
        var (table, changes) = Clean(With(With(Revenue, 20, 2950), 21, 2800), Cost);
        Assert.Equal([2950, 2800], table.Lines[0].Values.Skip(20).Take(2));
        Assert.All(changes, change => Assert.Contains("does not stand alone: kept", change.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void An_infinite_fence_lets_everything_be()
    {
        var (table, changes) = Clean(With(Revenue, 20, 9000), Cost, fence: double.PositiveInfinity);
        Assert.Empty(changes);
        Assert.Equal(9000, table.Lines[0].Values[20]);
    }

    [Fact]
    public void A_missing_amount_follows_from_the_identity()
    {
        var (table, changes) = Clean(Revenue, With(Cost, 30, double.NaN), Profits(), identities: Profit);
        Assert.Equal(("nothing", $"{Profit} gives this amount."), (Assert.Single(changes).Found, changes[0].Reason));
        Assert.Equal(Cost[30], table.Lines[1].Values[30], 1e-9);
    }

    [Fact]
    public void A_missing_amount_is_otherwise_what_trend_and_season_say()
    {
        var (table, changes) = Clean(Revenue, With(Cost, 30, double.NaN));
        Assert.Equal("Trend and season suggest it.", Assert.Single(changes).Reason);
        Assert.Equal(Cost[30], table.Lines[1].Values[30], 12.0);
    }

    [Fact]
    public void Short_lines_are_filled_from_their_neighbours()
    {
        var (table, changes) = Clean(With(Revenue[..10], 4, double.NaN), Cost[..10]);
        Assert.Equal("Its neighbours suggest it.", Assert.Single(changes).Reason);
        Assert.InRange(table.Lines[0].Values[4], 1000, 1250);
    }

    [Fact]
    public void What_comes_before_a_line_is_not_invented()
    {
        var (table, changes) = Clean(Revenue, [.. Cost.Select((cost, month) => month < 6 ? double.NaN : cost)]);
        Assert.Empty(changes);
        Assert.True(double.IsNaN(table.Lines[1].Values[5]));
    }

    [Fact]
    public void A_line_that_has_ended_is_an_error() =>
        Assert.Contains("Line 'cost' ends in Dec 2023, and the table in Dec 2024", Assert.Throws<MLPipelinesException>(() => Clean(Revenue, [.. Cost.Select((cost, month) => month < 36 ? cost : double.NaN)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Lines_that_identities_define_are_computed()
    {
        var (table, _) = Clean(Revenue, Cost, identities: "rest = profit - 0.5 * cost; profit = revenue - cost");
        Assert.Equal(["revenue", "cost", "profit", "rest"], table.Lines.Select(line => line.Name));
        Assert.Equal(Revenue[7] - (1.5 * Cost[7]), table.Lines[3].Values[7], 1e-9);
    }

    [Fact]
    public void A_line_that_cannot_be_computed_is_an_error() =>
        Assert.Contains("'ebit' cannot be computed", Assert.Throws<MLPipelinesException>(() => Clean(Revenue, Cost, identities: "net = ebit - cost; ebit = net + revenue")).Message.Replace("'net', ", "", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void Periods_where_an_identity_does_not_hold_are_told()
    {
        var table = Table(Revenue, Cost, With(Profits(), 40, Profits()[40] + 100));
        var breaches = FinancialCleaning.BreachesOf(table, AccountingIdentity.Parse(Profit, ["revenue", "cost", "profit"]), 0.01);
        Assert.Equal(new IdentityBreach(Profit, "May 2024", 100), Assert.Single(breaches));
    }

    private static (FinancialTable Table, IReadOnlyList<FinancialChange> Changes) Clean(double[] revenue, double[] cost, double[]? profit = null, string identities = "", double fence = 6)
    {
        FinancialTable table = Table(revenue, cost, profit);
        var cleaning = new FinancialCleaning(table, AccountingIdentity.Parse(identities, [.. table.Lines.Select(line => line.Name)]), new FinancialForecastingOptions { OutlierFence = fence });
        return (cleaning.Run(), cleaning.Changes);
    }

    private static FinancialTable Table(double[] revenue, double[] cost, double[]? profit)
    {
        FinancialLine[] lines = [new("revenue", revenue), new("cost", cost)];
        return new FinancialTable(new DateTime(2021, 1, 1), 12, profit is null ? lines : [.. lines, new("profit", profit)]);
    }

    private static double[] Profits() => [.. Revenue.Zip(Cost, (revenue, cost) => revenue - cost)];

    private static double[] With(double[] values, int at, double value)
    {
        double[] changed = [.. values];
        changed[at] = value;
        return changed;
    }
}
