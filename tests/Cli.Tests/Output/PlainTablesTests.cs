using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Cli.Tests.Output;

public sealed class PlainTablesTests
{
    [Fact]
    public void Columns_stand_below_each_other_in_any_script()
    {
        var table = new TextTable("Title", "label", "#rows");
        table.Add("洗发水", "12");
        table.Add("book", "1,234");
        using var writer = new StringWriter { NewLine = "\n" };
        PlainTables.Write(table, writer);
        Assert.Equal("Title\n  label    rows\n  洗发水     12\n  book    1,234\n", writer.ToString());
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("洗发水", 6)]
    [InlineData("한글", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😡", 2)]
    public void Width_is_that_on_a_screen(string text, int width) => Assert.Equal(width, PlainTables.WidthOf(text));
}
