namespace MLPipelines.TimeSeries;

/// <summary>A point that causes an anomaly above it. Two are equal when their dimensions are.</summary>
public sealed class RootCauseItem : IEquatable<RootCauseItem>
{
    /// <summary>How strong a cause it is, from 0 to 1; 1 for <see cref="AggregateType.Min"/> and <see cref="AggregateType.Max"/>.</summary>
    public double Score;

    /// <summary>The dimension that tells the cause; empty when the anomaly is its own cause.</summary>
    public List<string> Path;

    /// <summary>Where the point is: the value of each dimension, or the symbol of aggregation.</summary>
    public Dictionary<string, object> Dimension;

    /// <summary>Whether its value is above or below the expected one.</summary>
    public AnomalyDirection Direction;

    public RootCauseItem(Dictionary<string, object> rootCause) : this(rootCause, []) { }

    public RootCauseItem(Dictionary<string, object> rootCause, List<string> path) => (Dimension, Path) = (rootCause, path);

    public bool Equals(RootCauseItem? other) => other is not null && DimensionComparer.Instance.Equals(Dimension, other.Dimension);

    public override bool Equals(object? obj) => Equals(obj as RootCauseItem);

    public override int GetHashCode() => DimensionComparer.Instance.GetHashCode(Dimension);
}
