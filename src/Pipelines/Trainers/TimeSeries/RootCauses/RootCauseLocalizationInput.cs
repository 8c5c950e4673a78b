namespace MLPipelines.TimeSeries;

/// <summary>An anomaly, and the points among which its cause is looked for.</summary>
public sealed class RootCauseLocalizationInput
{
    public RootCauseLocalizationInput() { }

    public RootCauseLocalizationInput(DateTime anomalyTimestamp, Dictionary<string, object> anomalyDimension, List<MetricSlice> slices, AggregateType aggregateType, object? aggregateSymbol) =>
        (AnomalyTimestamp, AnomalyDimension, Slices, AggregateType, AggregateSymbol) = (anomalyTimestamp, anomalyDimension, slices, aggregateType, aggregateSymbol);

    public RootCauseLocalizationInput(DateTime anomalyTimestamp, Dictionary<string, object> anomalyDimension, List<MetricSlice> slices, object? aggregateSymbol)
        : this(anomalyTimestamp, anomalyDimension, slices, AggregateType.Unknown, aggregateSymbol) { }

    /// <summary>When the anomaly was.</summary>
    public DateTime AnomalyTimestamp { get; set; }

    /// <summary>Where it was: the value of each dimension, or the symbol of aggregation. Causes are looked for along the aggregated dimensions.</summary>
    public Dictionary<string, object> AnomalyDimension { get; set; } = [];

    /// <summary>Points by time; one slice is of the time of the anomaly.</summary>
    public List<MetricSlice> Slices { get; set; } = [];

    /// <summary>How points were made out of those below.</summary>
    public AggregateType AggregateType { get; set; }

    /// <summary>What stands in a dimension for all of its values; may be <see langword="null"/>.</summary>
    public object? AggregateSymbol { get; set; }
}
