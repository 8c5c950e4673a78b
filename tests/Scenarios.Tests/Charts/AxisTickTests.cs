using System.Globalization;
using MLPipelines.Scenarios.Charts;

namespace MLPipelines.Scenarios.Tests.Charts;

public class AxisTickTests
{
    [Theory]
    [InlineData(0, 100, 6, "0 20 40 60 80 100")]
    [InlineData(-3, 9, 6, "-5 0 5 10")]
    [InlineData(0.011, 0.019, 6, "0.010 0.012 0.014 0.016 0.018 0.020")]
    [InlineData(1_234_567, 2_345_678, 5, "1,000,000 1,500,000 2,000,000 2,500,000")]
    public void Values_are_at_round_numbers_around_the_range(double least, double most, int count, string expected) =>
        Assert.Equal(expected.Split(' '), NumberTicks.Around(least, most, count, null, CultureInfo.InvariantCulture).Select(tick => tick.Label));

    [Fact]
    public void Steps_are_whole() =>
        Assert.Equal(["0", "1", "2"], NumberTicks.Within(0, 2, 10, whole: true, CultureInfo.InvariantCulture).Select(tick => tick.Label));

    [Theory]
    [InlineData("2020-02-15", "2024-03-01", 6, "2021 2022 2023 2024")]
    [InlineData("2023-11-01", "2024-06-01", 8, "Nov/2023 Dec Jan/2024 Feb Mar Apr May Jun")]
    [InlineData("2023-10-01", "2024-10-01", 6, "Oct/2023 Jan/2024 Apr Jul Oct")]
    [InlineData("2024-02-27", "2024-03-15", 4, "4/Mar_2024 11")]
    [InlineData("2024-02-27T22:00", "2024-02-28T02:00", 5, "22:00/27_Feb_2024 23:00 00:00/28_Feb_2024 01:00 02:00")]
    [InlineData("2024-02-27T22:00:10", "2024-02-27T22:00:12", 5, "22:00:10/27_Feb_2024 22:00:11 22:00:12")]
    public void Times_are_where_people_look_for_them(string first, string last, int count, string expected)
    {
        double least = LineChart.Time(DateTime.Parse(first, CultureInfo.InvariantCulture)), most = LineChart.Time(DateTime.Parse(last, CultureInfo.InvariantCulture));
        Assert.Equal(expected.Split(' '), TimeTicks.Within(least, most, count, CultureInfo.InvariantCulture)
            .Select(tick => tick.Context.Length == 0 ? tick.Label : $"{tick.Label}/{tick.Context.Replace(' ', '_')}"));
    }

    [Fact]
    public void The_ends_of_the_calendar_are_no_trap() =>
        Assert.Equal(["1000", "2000", "3000", "4000", "5000", "6000", "7000", "8000", "9000"],
            TimeTicks.Within(400 * 365.25, 3_652_058, 10, CultureInfo.InvariantCulture).Select(tick => tick.Label));
}
