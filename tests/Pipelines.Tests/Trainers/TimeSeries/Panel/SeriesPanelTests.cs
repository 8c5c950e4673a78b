using MLPipelines.Testing;
using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Panel;

public sealed class SeriesPanelTests
{
    private static readonly PanelOptions Columns = new() { ValueColumn = "Sales", TimeColumn = "Time", SeriesColumn = "Shop" };

    private static readonly PanelOptions Single = Columns with { SeriesColumn = null };

    private static MemoryView Table(params (string Time, string Shop, double Sales)[] rows) => new MemoryView()
        .AddText("Time", [.. rows.Select(row => row.Time)]).AddText("Shop", [.. rows.Select(row => row.Shop)]).Add("Sales", [.. rows.Select(row => row.Sales)]);

    private static MemoryView Series(IEnumerable<string> times) => Table([.. times.Select((time, i) => (time, "", (double)i))]);

    private static double[] Values(SeriesPanel panel, int series = 0) => panel.Series[series].Values.Values.ToArray();

    [Fact]
    public void Rows_of_any_order_become_series_sorted_by_time()
    {
        SeriesPanel panel = SeriesPanel.Read(Table(("2024-01-03", "B", 6), ("2024-01-01", "A", 1), ("2024-01-02", "B", 5), ("2024-01-03", "A", 3), ("2024-01-02", "A", 2)), Columns);
        Assert.Equal(["B", "A"], panel.Series.Select(series => series.Name));
        Assert.Equal([5, 6], Values(panel));
        Assert.Equal([1, 2, 3], Values(panel, 1));
        Assert.Equal(new TimeStep(TimeUnit.Day, 1), panel.Step);
    }

    [Theory]
    [InlineData("1 second", "3600, 86400", "2024-03-01 10:00:00", "2024-03-01 10:00:01", "2024-03-01 10:00:02")]
    [InlineData("15 minutes", "96, 672", "2024-03-01 10:00", "2024-03-01 10:15", "2024-03-01 10:30")]
    [InlineData("1 hour", "24, 168", "2024-03-01T22:00:00", "2024-03-01T23:00:00", "2024-03-02T00:00:00")]
    [InlineData("1 day", "7, 365", "2024-02-28", "2024-02-29", "2024-03-01")]
    [InlineData("1 week", "52", "2024-01-01", "2024-01-08", "2024-01-15")]
    [InlineData("4 weeks", "", "2024-01-05", "2024-02-02", "2024-03-01", "2024-03-29")]
    [InlineData("1 month", "12", "2024-01", "2024-02", "2024-03")]
    [InlineData("1 month", "12", "2024-01-31", "2024-02-29", "2024-03-31")]
    [InlineData("1 month", "12", "31/01/2023", "28/02/2023", "31/03/2023")]
    [InlineData("1 quarter", "4", "2023Q3", "2023Q4", "2024Q1")]
    [InlineData("1 quarter", "4", "2023-03-31", "2023-06-30", "2023-09-30")]
    [InlineData("1 year", "", "2021-01-01", "2022-01-01", "2023-01-01")]
    [InlineData("1 month", "12", "9-11", "9-12", "10-01")]
    [InlineData("1 step", "", "2021", "2022", "2023")]
    [InlineData("5 steps", "", "-5", "0", "5")]
    public void The_step_is_seen_from_the_times(string step, string seasons, params string[] times)
    {
        SeriesPanel panel = SeriesPanel.Read(Series(times), Single);
        Assert.Equal(step, panel.Step.ToString());
        Assert.Equal(seasons, string.Join(", ", panel.Step.UsualSeasons()));
        Assert.Equal(times.Length, panel.Series[0].Values.Length);
        Assert.Equal(0, panel.Series[0].GapCount);
        Assert.Equal(times, Enumerable.Range(0, times.Length).Select(i => panel.Axis.Write(panel.Axis.After(panel.Series[0].Start, i))));
    }

    [Fact]
    public void Days_without_weekends_are_business_days()
    {
        string[] times = [.. Enumerable.Range(0, 21).Select(i => new DateTime(2024, 1, 1).AddDays(i)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(day => $"{day:yyyy-MM-dd}")];
        SeriesPanel panel = SeriesPanel.Read(Series(times), Single);
        Assert.Equal("1 business day", panel.Step.ToString());
        Assert.Equal(15, panel.Series[0].Values.Length);
        Assert.Equal([5], panel.Series[0].Values.Seasons);
        Assert.Equal("2024-01-22", panel.Axis.Write(panel.Axis.After(panel.Series[0].Start, 15)));
    }

    [Fact]
    public void Dates_numbers_and_rows_are_times()
    {
        var sales = new[] { 1.0, 2, 3 };
        MemoryView data = new MemoryView().Add("Sales", sales).Add("Dates", new DateTime(2024, 1, 1), new(2024, 1, 2), new(2024, 1, 3)).Add("Numbers", 7L, 9L, 11L)
            .Add("Offsets", [.. Enumerable.Range(0, 3).Select(i => new DateTimeOffset(2024, 1, 1, i, 0, 0, TimeSpan.FromHours(2)))]);
        Assert.Equal("1 day", SeriesPanel.Read(data, Single with { TimeColumn = "Dates" }).Step.ToString());
        Assert.Equal("2 steps", SeriesPanel.Read(data, Single with { TimeColumn = "Numbers" }).Step.ToString());
        Assert.Equal("1 hour", SeriesPanel.Read(data, Single with { TimeColumn = "Offsets" }).Step.ToString());
        Assert.Equal(sales, Values(SeriesPanel.Read(data, Single with { TimeColumn = null })));
    }

    [Fact]
    public void A_year_counts_as_a_season_where_two_were_seen()
    {
        static IReadOnlyList<int> Seasons(int days) => SeriesPanel.Read(Series(Enumerable.Range(0, days).Select(i => $"{new DateTime(2020, 1, 1).AddDays(i):yyyy-MM-dd}")), Single).Series[0].Values.Seasons;
        Assert.Equal([7], Seasons(729));
        Assert.Equal([7, 365], Seasons(730));
    }

    [Theory]
    [InlineData(GapHandling.Interpolate, 2.0, 3.0)]
    [InlineData(GapHandling.Last, 1.0, 1.0)]
    [InlineData(GapHandling.Zero, 0.0, 0.0)]
    [InlineData(GapHandling.Value, 9.0, 9.0)]
    public void Gaps_are_filled_as_asked(GapHandling gaps, double first, double second)
    {
        // A day is missing and a value is.
        MemoryView data = Table(("2024-01-01", "", 0), ("2024-01-02", "", 1), ("2024-01-04", "", double.NaN), ("2024-01-05", "", 4), ("2024-01-06", "", 5));
        SeriesPanel panel = SeriesPanel.Read(data, Single with { Gaps = gaps, FillValue = 9 });
        Assert.Equal([0, 1, first, second, 4, 5], Values(panel));
        Assert.Equal(2, panel.Series[0].GapCount);
    }

    [Fact]
    public void Few_gaps_are_interpolated_and_many_are_named()
    {
        static MemoryView Days(params int[] missing) =>
            Table([.. Enumerable.Range(0, 20).Where(i => !missing.Contains(i)).SelectMany(i => new[] { ($"2024-01-{i + 1:00}", "A", (double)i), ($"2024-01-{i + 1:00}", "B", i) })]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), Values(SeriesPanel.Read(Days(5, 9), Columns)));
        Assert.Equal("Series 'A' has no value at 3 of 20 steps of 1 day, the first at 2024-01-06. 1 other series has gaps like it. Choose what to do with gaps: Interpolate, Last, Zero or Value.",
            Assert.Throws<IrregularTimesException>(() => SeriesPanel.Read(Days(5, 9, 12), Columns)).Message);
        Assert.Contains("no value at 1 of 20 steps of 1 day, the first at 2024-01-10",
            Assert.Throws<IrregularTimesException>(() => SeriesPanel.Read(Days(9), Columns with { Gaps = GapHandling.Stop })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_between_steps_are_named_or_count_for_the_step_before()
    {
        MemoryView data = Table(("2024-01-01 00:00", "", 0), ("2024-01-01 01:00", "", 1), ("2024-01-01 02:00", "", 2), ("2024-01-01 03:20", "", 3), ("2024-01-01 04:00", "", 4), ("2024-01-01 05:00", "", 5));
        Assert.Contains("has 1 time that is not a whole number of steps of 1 hour after 2024-01-01 00:00, the first 2024-01-01 03:20",
            Assert.Throws<IrregularTimesException>(() => SeriesPanel.Read(data, Single)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3, 4, 5], Values(SeriesPanel.Read(data, Single with { Gaps = GapHandling.Last })));
    }

    [Theory]
    [InlineData(DuplicateHandling.Sum, 9)]
    [InlineData(DuplicateHandling.Mean, 4.5)]
    [InlineData(DuplicateHandling.Last, 7)]
    public void Duplicates_are_brought_together_as_asked(DuplicateHandling duplicates, double second) =>
        Assert.Equal([1, second, 3], Values(SeriesPanel.Read(Table(("2024-01-01", "A", 1), ("2024-01-02", "A", 2), ("2024-01-02", "A", 7), ("2024-01-03", "A", 3)), Columns with { Duplicates = duplicates })));

    [Fact]
    public void Duplicates_stop_with_series_and_time() => Assert.StartsWith("Series 'A' has several values at 2024-01-02 (rows 2 and 3 of the data).", Assert.Throws<IrregularTimesException>(
        () => SeriesPanel.Read(Table(("2024-01-01", "A", 1), ("2024-01-02", "A", 2), ("2024-01-02", "A", 7), ("2024-01-03", "A", 3)), Columns)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_without_a_value_at_the_ends_are_no_part_of_a_series()
    {
        SeriesPanel panel = SeriesPanel.Read(Table(("2024-01-01", "A", double.NaN), ("2024-01-02", "A", 2), ("2024-01-03", "A", 3), ("2024-01-04", "A", double.NaN), ("2024-01-01", "B", double.NaN)), Columns);
        Assert.Equal([2, 3], Values(panel));
        Assert.Equal(["B"], panel.EmptySeries);
    }

    [Theory]
    [InlineData("Row 1, column 'Time': found 'tomorrow', expected a time as 2024-01-31 as in the rows before.", "2024-01-01", "tomorrow")]
    [InlineData("Row 0, column 'Time': found '10:30', expected a date such as 2024-01-31, or a whole number.", "10:30", "10:31")]
    [InlineData("Row 0, column 'Time': found 'soon', expected a date such as 2024-01-31, or a whole number.", "soon", "2024-01-01")]
    [InlineData("Row 2, column 'Time': found '', expected a time as 2024-01-31 as in the rows before.", "2024-01-01", "2024-01-02", "")]
    [InlineData("The series would have 63,113,904,001 steps of 1 second from 0001-01-01T00:00:00 to 2001-01-01T00:00:00. Is one of these times wrong?", "2001-01-01T00:00:00", "0001-01-01T00:00:00", "0001-01-01T00:00:01", "0001-01-01T00:00:02")]
    public void A_time_that_is_wrong_is_named(string message, params string[] times) =>
        Assert.Equal(message, Assert.Throws<MLPipelinesException>(() => SeriesPanel.Read(Series(times), Single)).Message);

    [Fact]
    public void A_row_without_a_series_is_named() => Assert.Equal("Row 1, column 'Shop': found '', expected the name of a series.",
        Assert.Throws<MLPipelinesException>(() => SeriesPanel.Read(Table(("2024-01-01", "A", 1), ("2024-01-01", "", 1)), Columns)).Message);

    [Fact]
    public void Days_before_months_are_seen_or_said()
    {
        Assert.Equal("1 day", SeriesPanel.Read(Series(["12/01/2024", "13/01/2024", "14/01/2024"]), Single).Step.ToString());
        string[] ambiguous = ["01/01/2024", "01/02/2024", "01/03/2024"];
        Assert.Equal("1 day", SeriesPanel.Read(Series(ambiguous), Single).Step.ToString());
        Assert.Equal("1 month", SeriesPanel.Read(Series(ambiguous), Single with { TimeFormat = "dd/MM/yyyy" }).Step.ToString());
    }

    [Fact]
    public void Keys_name_series_as_text_does()
    {
        MemoryView data = new MemoryView().Add("Time", 1L, 1L, 2L, 2L).AddKeys("Shop", [2, 1, 2, 1], "A", "B").Add("Sales", 1f, 2f, 3f, 4f);
        SeriesPanel panel = SeriesPanel.Read(data, Columns);
        Assert.Equal(["B", "A"], panel.Series.Select(series => series.Name));
        Assert.Equal([2, 4], Values(panel, 1));
    }
}
