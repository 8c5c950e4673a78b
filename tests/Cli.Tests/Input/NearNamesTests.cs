namespace MLPipelines.Cli.Tests.Input;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("categry", "category")]
    [InlineData("LABEL", "label")]
    [InlineData("lable", "label")]
    [InlineData("amount", "total_amount")]
    public void A_slip_is_seen(string given, string meant) =>
        Assert.Equal($" Did you mean '{meant}'?", NearNames.Hint(given, ["label", "category", "total_amount"]));

    [Fact]
    public void What_is_far_off_gets_no_hint() => Assert.Equal("", NearNames.Hint("weather", ["label", "category", "total_amount"]));

    // Damerau's distance, restricted: by hand.
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("", "abc", 3)]
    public void Edits_are_counted(string a, string b, int edits) => Assert.Equal(edits, NearNames.Distance(a, b));
}
