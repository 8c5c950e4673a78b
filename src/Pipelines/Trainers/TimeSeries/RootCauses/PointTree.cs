namespace MLPipelines.TimeSeries;

/// <summary>Points below an anomaly: itself, those with a value in one of its aggregated dimensions, and those with a value in each.</summary>
internal sealed class PointTree
{
    internal TimeSeriesPoint? Root { get; private set; }

    internal Dictionary<string, List<TimeSeriesPoint>> Children { get; } = [];

    internal List<TimeSeriesPoint> Leaves { get; } = [];

    /// <summary>Takes in a point.</summary>
    /// <param name="point">A point below the anomaly.</param>
    /// <param name="dimensions">The aggregated dimensions of the anomaly.</param>
    /// <param name="symbol">What stands for all values.</param>
    internal void Add(TimeSeriesPoint point, List<string> dimensions, object? symbol)
    {
        List<string> split = dimensions.FindAll(dimension => !Equals(point.Dimension[dimension], symbol));
        if (split.Count == 0) Root = point;
        if (split.Count == 1) Below(split[0]).Add(point);
        if (split.Count == dimensions.Count) Leaves.Add(point);
    }

    private List<TimeSeriesPoint> Below(string dimension) =>
        Children.TryGetValue(dimension, out var points) ? points : Children[dimension] = [];
}
