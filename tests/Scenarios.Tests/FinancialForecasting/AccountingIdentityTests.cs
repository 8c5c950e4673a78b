using MLPipelines.Scenarios.FinancialForecasting;

namespace MLPipelines.Scenarios.Tests.FinancialForecasting;

public class AccountingIdentityTests
{
    private static readonly string[] Lines = ["revenue", "cost", "cost of goods", "Net sales", "opex", "tax", "profit", "non-operating"];

    [Theory]
    [InlineData("profit = revenue - cost", "profit 1, revenue -1, cost 1")]
    [InlineData("PROFIT=Revenue-Cost", "profit 1, revenue -1, cost 1")]
    [InlineData("cost = cost of goods + opex", "cost 1, cost of goods -1, opex -1")]
    [InlineData("profit = net sales - (cost + opex)", "profit 1, Net sales -1, cost 1, opex 1")]
    [InlineData("tax = 0.25 * profit", "tax 1, profit -0.25")]
    [InlineData("tax = profit * 0.25", "tax 1, profit -0.25")]
    [InlineData("-profit + revenue = cost", "profit -1, revenue 1, cost -1")]
    [InlineData("profit - tax = revenue - tax - cost", "profit 1, revenue -1, cost 1")]
    [InlineData("profit = non-operating + revenue", "profit 1, non-operating -1, revenue -1")]
    [InlineData("ebit = revenue - cost", "ebit 1, revenue -1, cost 1")]
    [InlineData("2*(revenue-cost) = profit", "revenue 2, cost -2, profit -1")]
    public void Equations_are_read(string text, string terms) =>
        Assert.Equal(terms, string.Join(", ", AccountingIdentity.Parse(text, Lines)[0].Terms.Select(term => FormattableString.Invariant($"{term.Line} {term.Factor}"))));

    [Fact]
    public void Several_are_read_and_may_define_lines_for_each_other()
    {
        var identities = AccountingIdentity.Parse("ebt = ebit - tax; ebit = revenue - cost;", Lines);
        Assert.Equal(["ebt = ebit - tax", "ebit = revenue - cost"], identities.Select(identity => identity.Text));
    }

    [Theory]
    [InlineData("profit = revenue - kost", "found 'kost', expected a line; the lines are: revenue, cost")]
    [InlineData("profit", "found the end, expected '='")]
    [InlineData("profit = revenue -", "found the end, expected a line")]
    [InlineData("profit = revenue * cost", "expected a number")]
    [InlineData("profit = revenue / cost", "products and shares of lines cannot be kept")]
    [InlineData("profit = revenue - 100", "an identity has lines only, no amounts")]
    [InlineData("profit = (revenue - cost", "expected ')'")]
    [InlineData("profit = profit", "expected at least two different lines")]
    [InlineData("profit = revenue = cost", "found '= cost', expected '+', '-' or the end")]
    public void What_is_no_linear_equation_is_refused(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<MLPipelinesException>(() => AccountingIdentity.Parse(text, Lines)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_line_follows_from_the_others()
    {
        var identity = AccountingIdentity.Parse("tax = 0.25 * profit", Lines)[0];
        Assert.Equal(400, identity.Solve("profit", line => line == "tax" ? 100 : throw new InvalidOperationException()));
        Assert.Equal(-25, identity.Difference(line => line == "tax" ? 0 : 100));
    }
}
