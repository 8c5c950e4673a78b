namespace MLPipelines.TimeSeries;

/// <summary>Finds the values of the aggregated dimensions of an anomaly that cause it.</summary>
internal sealed class RootCauseAnalyzer
{
    // Causes are so much stronger than what comes next, and no more than this share of all points.
    private const double Drop = 2, MostShare = 0.5;

    private readonly RootCauseLocalizationInput _input;
    private readonly double _beta;
    private readonly double _threshold;
    private readonly List<string> _aggregated;
    private readonly Dictionary<Dictionary<string, object>, TimeSeriesPoint> _points = new(DimensionComparer.Instance);
    private readonly PointTree _all = new();
    private readonly PointTree _anomalies = new();

    internal RootCauseAnalyzer(RootCauseLocalizationInput input, List<TimeSeriesPoint> points, double beta, double threshold)
    {
        (_input, _beta, _threshold) = (input, beta, threshold);
        _aggregated = [.. AggregatedOf(input.AnomalyDimension)];
        foreach (TimeSeriesPoint point in PointsBelow(points, input.AnomalyDimension))
        {
            // The first one of a place counts.
            if (!_points.TryAdd(point.Dimension, Checked(point))) continue;
            _all.Add(point, _aggregated, input.AggregateSymbol);
            if (point.IsAnomaly) _anomalies.Add(point, _aggregated, input.AggregateSymbol);
        }
    }

    /// <summary>The possible causes, the best first; one without items when the anomaly is not among the points.</summary>
    internal List<RootCause> Analyze()
    {
        if (_anomalies.Root is not { } root) return [new RootCause()];
        List<RootCause> causes = [];
        bool isOwnCause = false;
        foreach (DimensionGain gain in OrderDimensions())
        {
            var cause = new RootCause { GainRatio = gain.Ratio };
            if (FindCauses(gain.Dimension, root) is { } points)
            {
                cause.Items.AddRange(points.Select(point => ItemOf(gain.Dimension, point)).Distinct());
            }
            else if (!isOwnCause)
            {
                isOwnCause = true;
                cause.Items.Add(new RootCauseItem(_input.AnomalyDimension));
            }
            foreach (RootCauseItem item in cause.Items) Rate(item, root);
            causes.Add(cause);
        }
        return causes;
    }

    private IEnumerable<DimensionGain> OrderDimensions() => _anomalies.Children.Count == 0
        ? new DimensionOrder(areLeaves: true).Order(_aggregated.Select(dimension => DimensionGain.OfLeaves(dimension, _all.Leaves, _anomalies.Leaves)))
        : new DimensionOrder(areLeaves: false).Order(_aggregated.Select(dimension =>
            DimensionGain.OfChildren(dimension, _all.Children.GetValueOrDefault(dimension) ?? [], _anomalies.Children.GetValueOrDefault(dimension) ?? [])));

    // The anomalies of a dimension that make up the change together; null when they are too weak, or too many to be called the cause.
    private List<TimeSeriesPoint>? FindCauses(string dimension, TimeSeriesPoint root)
    {
        bool areLeaves = !_anomalies.Children.TryGetValue(dimension, out List<TimeSeriesPoint>? points);
        points ??= _anomalies.Leaves;
        List<TimeSeriesPoint> sorted = root.Delta > 0 ? [.. points.OrderBy(point => point.Delta).Reverse()] : [.. points.Where(point => point.Delta < 0).OrderBy(point => point.Delta)];
        if (sorted.Count == 1) return sorted;

        double goal = Math.Abs(root.Delta) * _threshold, sum = 0, before = 0;
        List<TimeSeriesPoint> causes = [];
        foreach (TimeSeriesPoint point in sorted)
        {
            if (Math.Abs(sum) >= goal && Math.Abs(before) / Math.Abs(point.Delta) > Drop) break;
            sum += point.Delta;
            before = point.Delta;
            causes.Add(point);
        }
        int total = areLeaves ? DimensionGain.Count(dimension, _all.Leaves).Count : _all.Children[dimension].Count;
        bool isCause = Math.Abs(sum) >= goal && (causes.Count <= total * MostShare || (causes.Count == 1 && total == 1));
        return isCause ? causes : null;
    }

    private RootCauseItem ItemOf(string dimension, TimeSeriesPoint point) =>
        new(new(_input.AnomalyDimension) { [dimension] = point.Dimension[dimension] }, [dimension]);

    private void Rate(RootCauseItem item, TimeSeriesPoint anomaly)
    {
        if (PointAt(item.Dimension) is not { } point) return;
        item.Score = _input.AggregateType is AggregateType.Max or AggregateType.Min ? 1 : RootCauseScore.Of(point, anomaly, _beta);
        item.Direction = point.ExpectedValue < point.Value ? AnomalyDirection.Up : point.ExpectedValue > point.Value ? AnomalyDirection.Down : AnomalyDirection.Same;
    }

    // A point that is not there is made out of those with a value in each dimension.
    private TimeSeriesPoint? PointAt(Dictionary<string, object> place)
    {
        if (_points.TryGetValue(place, out TimeSeriesPoint? point)) return point;
        List<TimeSeriesPoint> leaves = [.. PointsBelow(_all.Leaves, place)];
        return leaves.Count == 0 ? null : new TimeSeriesPoint(Aggregate(leaves.Select(leaf => leaf.Value)), Aggregate(leaves.Select(leaf => leaf.ExpectedValue)), isAnomaly: false, place);
    }

    private double Aggregate(IEnumerable<double> values) => _input.AggregateType switch
    {
        AggregateType.Avg => values.Average(),
        AggregateType.Min => values.Min(),
        AggregateType.Max => values.Max(),
        _ => values.Sum(),
    };

    private IEnumerable<string> AggregatedOf(Dictionary<string, object> place) => place.Where(pair => Equals(pair.Value, _input.AggregateSymbol)).Select(pair => pair.Key);

    private IEnumerable<TimeSeriesPoint> PointsBelow(List<TimeSeriesPoint> points, Dictionary<string, object> place)
    {
        KeyValuePair<string, object>[] values = [.. place.Where(pair => !Equals(pair.Value, _input.AggregateSymbol))];
        return points.Where(point => DimensionComparer.Contains(point.Dimension, values));
    }

    private TimeSeriesPoint Checked(TimeSeriesPoint point)
    {
        if (_aggregated.Find(dimension => !point.Dimension.ContainsKey(dimension)) is { } absent)
            throw new ArgumentException($"The point at {Describe(point)} has no dimension '{absent}', which the anomaly has.");
        if (!double.IsFinite(point.Value) || !double.IsFinite(point.ExpectedValue) || !double.IsFinite(point.Delta))
            throw new ArgumentException($"The point at {Describe(point)} has the value {point.Value}, expected {point.ExpectedValue}, with the difference {point.Delta}; finite numbers are needed.");
        return point;
    }

    private static string Describe(TimeSeriesPoint point) => string.Join(", ", point.Dimension.Select(pair => $"{pair.Key} = {pair.Value}"));
}
