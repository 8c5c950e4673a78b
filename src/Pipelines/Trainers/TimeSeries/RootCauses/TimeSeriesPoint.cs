namespace MLPipelines.TimeSeries;

/// <summary>What a metric was at one time and place, and what was expected. Two are equal when their dimensions are.</summary>
public sealed class TimeSeriesPoint : IEquatable<TimeSeriesPoint>
{
    public TimeSeriesPoint() { }

    public TimeSeriesPoint(Dictionary<string, object> dimension) => Dimension = dimension;

    public TimeSeriesPoint(double value, double expectedValue, bool isAnomaly, Dictionary<string, object> dimension) : this(dimension) =>
        (Value, ExpectedValue, IsAnomaly, Delta) = (value, expectedValue, isAnomaly, value - expectedValue);

    public double Value { get; set; }

    public double ExpectedValue { get; set; }

    public bool IsAnomaly { get; set; }

    /// <summary>The value of each dimension, such as a city and a data centre, or the symbol of aggregation. Values are compared by their <see cref="object.Equals(object)"/>.</summary>
    public Dictionary<string, object> Dimension { get; set; } = [];

    /// <summary>The value less the expected one.</summary>
    public double Delta { get; set; }

    public bool Equals(TimeSeriesPoint? other) => other is not null && DimensionComparer.Instance.Equals(Dimension, other.Dimension);

    public override bool Equals(object? obj) => Equals(obj as TimeSeriesPoint);

    public override int GetHashCode() => DimensionComparer.Instance.GetHashCode(Dimension);
}
