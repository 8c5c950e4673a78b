namespace MLPipelines.Transforms.TimeSeries;

/// <summary>On which side of what is expected a value is an anomaly.</summary>
public enum AnomalySide : byte
{
    /// <summary>Above.</summary>
    Positive,

    /// <summary>Below.</summary>
    Negative,

    /// <summary>Above and below.</summary>
    TwoSided,
}
