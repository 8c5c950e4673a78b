using MLPipelines.Scenarios.Charts;
using MLPipelines.Scenarios.Reports;

namespace MLPipelines.Scenarios.Tests.Reports;

public class HtmlPageTests
{
    [Fact]
    public void A_page_refers_to_nothing_else()
    {
        string page = Example();
        foreach (string reference in new[] { "src=", "href", "url(", "@import", "<script", "<link" }) Assert.DoesNotContain(reference, page, StringComparison.OrdinalIgnoreCase);
        // The one address is the name of a vocabulary, which nothing fetches.
        Assert.Equal(["http://www.w3.org/2000/svg"], page.Split('"').Where(part => part.Contains("://", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_stays_text()
    {
        string page = Example();
        Assert.Contains("<h1>Profit &amp; loss</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<p>a &lt;b&gt; c</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_have_headers_and_small_lines()
    {
        string page = Example();
        Assert.Contains("<th scope=\"col\">line</th><th scope=\"col\" class=\"n\">amount</th>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">revenue</th><td class=\"n\">10<small>9 to 11</small></td>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>revenue</dt><dd>10<small>next year</small><small>+3 %</small></dd>", page, StringComparison.Ordinal);
    }

    private static string Example()
    {
        var page = new HtmlPage("Profit & loss");
        page.Paragraph("a <b> c");
        page.Heading("Figures");
        page.Figures([("revenue", "10", "next year\n+3 %")]);
        page.Charts([new LineChart { Title = "revenue", HasDates = false, Lines = [new("history", [1, 2], [9, 10])] }]);
        page.PageBreak();
        var table = new TextTable("Statement", "line", "#amount");
        table.Add("revenue", "10\n9 to 11");
        page.Table(table);
        page.List(["nothing was cleaned"]);
        return page.ToString();
    }
}
