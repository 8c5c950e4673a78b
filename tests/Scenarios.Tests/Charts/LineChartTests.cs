using System.Globalization;
using System.Xml.Linq;
using MLPipelines.Scenarios.Charts;

namespace MLPipelines.Scenarios.Tests.Charts;

public class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>
    /// Steps 0 to 4 and values 0 to 100 in 240 by 130 pixels: the axis of values runs from 100 at 28 to 0 at 108; the plot starts after
    /// the label 100, which is 3 · 0.57 · 12 wide, and 12 pixels, at 32.52, and ends at 228.
    /// </summary>
    [Fact]
    public void Points_are_where_their_values_say()
    {
        var chart = new LineChart { Title = "t", HasDates = false, Width = 240, Height = 130, Lines = [new("", [0, 2, 4], [0, 50, 100])] };
        Assert.Equal("M32.52 108L130.26 68L228 28", Path(Draw(chart)));
    }

    [Fact]
    public void Gaps_stay_open_and_a_lonely_point_is_a_dot()
    {
        var chart = new LineChart { Title = "t", HasDates = false, Width = 240, Height = 130, Lines = [new("", [0, 1, 2, 3, 4], [0, double.NaN, 50, double.NaN, 100])] };
        Assert.Equal("M32.52 108h0M130.26 68h0M228 28h0", Path(Draw(chart)));
    }

    [Fact]
    public void A_band_is_the_area_between_its_bounds()
    {
        var chart = new LineChart { Title = "t", HasDates = false, Width = 240, Height = 130, Bands = [new("", [0, 4], [0, 50], [50, 100])] };
        Assert.Equal("M32.52 68L228 28L228 68L32.52 108Z", Path(Draw(chart)));
    }

    [Fact]
    public void A_chart_says_what_it_shows()
    {
        XElement svg = Draw(Example());
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal("Sales & <costs>", svg.Element(Svg + "title")!.Value);
        Assert.Equal("Rising since May.", svg.Element(Svg + "desc")!.Value);
        string[] texts = Texts(svg);
        Assert.All(["Sales & <costs>", "EUR", "history", "forecast", "95 %", "anomaly", "change"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void History_and_forecast_differ_without_colours()
    {
        XElement[] paths = [.. Draw(Example()).Elements(Svg + "path").Where(path => path.Attribute("fill")!.Value == "none")];
        Assert.Null(paths[0].Attribute("stroke-dasharray"));
        Assert.NotNull(paths[1].Attribute("stroke-dasharray"));
    }

    [Fact]
    public void The_same_chart_gives_the_same_text_in_every_culture()
    {
        string expected = Example().ToSvg();
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, Example().ToSvg());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Labels_are_in_the_culture_that_is_asked_for()
    {
        string[] texts = Texts(Draw(Example() with { Culture = CultureInfo.GetCultureInfo("de-DE") }));
        Assert.Contains("2.000", texts);
        Assert.Contains("Okt", texts);
    }

    [Fact]
    public void Values_are_written_as_asked() =>
        Assert.Contains("20 %", Texts(Draw(Example() with { FormatValue = value => $"{value / 100:0} %" })));

    [Fact]
    public void Long_lines_keep_their_extremes_and_are_thinned()
    {
        double[] x = [.. Enumerable.Range(0, 100_000)], y = new double[100_000];
        y[61_803] = 1;
        var chart = new LineChart { Title = "t", HasDates = false, Lines = [new("", x, y)] };
        string svg = chart.ToSvg();
        Assert.InRange(svg.Length, 1_000, 60_000);
        Assert.Contains("L448.75 28", Path(XElement.Parse(svg)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Nothing_and_a_single_point_are_charts_too(int count)
    {
        double[] x = new double[count], y = new double[count];
        string svg = new LineChart { Title = "t", Lines = [new("a", x, y)] }.ToSvg();
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.Equal("svg", XElement.Parse(svg).Name.LocalName);
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new LineChart { Title = "t", Lines = [new("sales", [1, 2], [1])] }.ToSvg());
        Assert.Contains("'sales' has 1 values for 2 places", error.Message, StringComparison.Ordinal);
    }

    private static LineChart Example()
    {
        double[] months = LineChart.Times(Enumerable.Range(0, 12).Select(month => new DateTime(2024, 1, 1).AddMonths(month)));
        double[] values = [.. Enumerable.Range(0, 12).Select(month => 1000.5 + (100 * month))];
        return new LineChart
        {
            Title = "Sales & <costs>",
            Description = "Rising since May.",
            Unit = "EUR",
            Lines = [new("history", months[..8], values[..8]), new("forecast", months[7..], values[7..], ChartStroke.Dashed)],
            Bands = [new("95 %", months[7..], [.. values[7..].Select(v => v - 100)], [.. values[7..].Select(v => v + 100)])],
            Marks = [new("anomaly", [months[3]], [values[3]]), new("change", [months[4]])],
        };
    }

    private static XElement Draw(LineChart chart) => XElement.Parse(chart.ToSvg());

    private static string Path(XElement svg) => svg.Elements(Svg + "path").First().Attribute("d")!.Value;

    private static string[] Texts(XElement svg) => [.. svg.Elements(Svg + "text").Select(text => text.Value)];
}
