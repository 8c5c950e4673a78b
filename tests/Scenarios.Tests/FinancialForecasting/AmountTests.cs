using MLPipelines.Scenarios.FinancialForecasting;

namespace MLPipelines.Scenarios.Tests.FinancialForecasting;

public class AmountTests
{
    [Theory]
    [InlineData("1234", 1234, "", "")]
    [InlineData("1,234.5", 1234.5, "", "")]
    [InlineData("1 234 567", 1234567, "", "")]
    [InlineData("1'234", 1234, "", "")]
    [InlineData("-5", -5, "", "")]
    [InlineData("−5", -5, "", "")]
    [InlineData("+5", 5, "", "")]
    [InlineData("500-", -500, "", "")]
    [InlineData("(1,200)", -1200, "", "")]
    [InlineData("(-1,200)", -1200, "", "")]
    [InlineData("850k", 850_000, "k", "")]
    [InlineData("1.2m", 1_200_000, "m", "")]
    [InlineData("3.4 M", 3_400_000, "m", "")]
    [InlineData("2bn", 2_000_000_000, "bn", "")]
    [InlineData("2 Mio.", 2_000_000, "m", "")]
    [InlineData("€ 1,000", 1000, "", "€")]
    [InlineData("-$5", -5, "", "$")]
    [InlineData("$-5", -5, "", "$")]
    [InlineData("(£5k)", -5000, "k", "£")]
    [InlineData("1,000 EUR", 1000, "", "EUR")]
    [InlineData("USD 12", 12, "", "USD")]
    [InlineData("12 %", 12, "%", "")]
    [InlineData("12.5%", 12.5, "%", "")]
    [InlineData("-", 0, "", "")]
    [InlineData(".5", 0.5, "", "")]
    public void Amounts_are_read_as_people_write_them(string text, double value, string unit, string currency)
    {
        Assert.True(Amount.TryParse(text, '.', out Amount amount));
        Assert.Equal((value, unit, currency), (amount.Value, amount.Unit, amount.Currency));
    }

    [Theory]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("1,5", 1.5)]
    [InlineData("(1.200)", -1200)]
    public void A_comma_separates_decimals_where_that_is_said(string text, double value)
    {
        Assert.True(Amount.TryParse(text, ',', out Amount amount));
        Assert.Equal(value, amount.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("NaN")]
    [InlineData("n.a.")]
    public void Nothing_is_a_missing_amount(string text)
    {
        Assert.True(Amount.TryParse(text, '.', out Amount amount));
        Assert.True(double.IsNaN(amount.Value));
    }

    [Theory]
    [InlineData("about 5")]
    [InlineData("1,5")]
    [InlineData("12,34,567")]
    [InlineData("1.2.3")]
    [InlineData("5 apples")]
    [InlineData("()")]
    [InlineData("$")]
    public void What_is_no_amount_is_refused(string text) => Assert.False(Amount.TryParse(text, '.', out _));
}
