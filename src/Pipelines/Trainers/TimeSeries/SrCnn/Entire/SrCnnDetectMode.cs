namespace MLPipelines.TimeSeries;

/// <summary>What is told about each point of a series.</summary>
public enum SrCnnDetectMode
{
    /// <summary>Whether it is an anomaly (1 or 0), its score from 0 to 1, its saliency.</summary>
    AnomalyOnly = 0,

    /// <summary>
    /// Whether it is an anomaly (1 or 0), its score from 0 to 1, its saliency, the value that was expected, the unit of the margin, and the
    /// upper and lower end of the margin. Within the margin is no anomaly.
    /// </summary>
    AnomalyAndMargin = 1,

    /// <summary>Whether it is an anomaly (1 or 0), its score from 0 to 1, its saliency, the value that was expected.</summary>
    AnomalyAndExpectedValue = 2,
}
