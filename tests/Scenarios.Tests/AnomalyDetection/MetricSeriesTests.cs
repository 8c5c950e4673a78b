using MLPipelines.Scenarios.AnomalyDetection;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Tests.AnomalyDetection;

public class MetricSeriesTests
{
    private static MetricSeries Read(params (string Time, double Value)[] rows)
    {
        IDataView view = new MLContext(1).Data.LoadFromEnumerable(rows.Select(row => new Row { Time = row.Time, Value = row.Value }));
        return MetricSeries.Read(view, "Value", "Time");
    }

    [Fact]
    public void Rows_are_sorted_and_missing_steps_lie_between_their_neighbours()
    {
        MetricSeries series = Read(("2024-01-01 02:00:00", 3), ("2024-01-01 00:00:00", 1), ("2024-01-01 01:00:00", double.NaN), ("2024-01-01 05:00:00", 9), ("2024-01-01 04:00:00", 7));
        Assert.Equal([1, 2, 3, 5, 7, 9], series.Values);
        Assert.Equal((2, 5, new TimeStep(TimeUnit.Hour, 1)), (series.GapCount, series.RowCount, series.Step!.Value));
        Assert.Equal("2024-01-01 03:00:00", series.TimeOf(3));
        Assert.Equal(new DateTime(2024, 1, 1, 3, 0, 0), series.DateOf(3));
    }

    [Fact]
    public void Times_that_follow_no_step_are_steps_themselves()
    {
        MetricSeries series = Read(("2024-01-01 00:00:00", 1), ("2024-01-01 00:00:01", 2), ("2024-03-07 10:11:12", 3));
        Assert.Equal([1, 2, 3], series.Values);
        Assert.Null(series.Step);
        Assert.Equal("2024-03-07 10:11:12", series.TimeOf(2));
    }

    [Fact]
    public void A_metric_without_values_is_refused_by_its_name() =>
        Assert.Contains("'Value'", Assert.Throws<MLPipelinesException>(() => Read(("2024-01-01", double.NaN))).Message, StringComparison.Ordinal);

    private sealed class Row
    {
        public string Time { get; set; } = "";

        public double Value { get; set; }
    }
}
