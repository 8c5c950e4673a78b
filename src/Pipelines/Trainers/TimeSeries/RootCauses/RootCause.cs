namespace MLPipelines.TimeSeries;

/// <summary>A possible cause of an anomaly: values of one dimension.</summary>
public sealed class RootCause
{
    /// <summary>The values of the dimension, the strongest first; the anomaly itself where none of them explains it.</summary>
    public List<RootCauseItem> Items { get; set; } = [];

    /// <summary>Not used, as in ML.NET: 0.</summary>
    public double Gain { get; set; }

    /// <summary>How much of what the dimension tells is about the anomalies. Causes come in an order that it has a part in.</summary>
    public double GainRatio { get; set; }
}
