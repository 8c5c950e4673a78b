namespace MLPipelines.TimeSeries;

/// <summary>The points of one time.</summary>
public sealed class MetricSlice
{
    public MetricSlice() { }

    public MetricSlice(DateTime timeStamp, List<TimeSeriesPoint> points) => (TimeStamp, Points) = (timeStamp, points);

    public DateTime TimeStamp { get; set; }

    public List<TimeSeriesPoint> Points { get; set; } = [];
}
