namespace MLPipelines.TimeSeries;

/// <summary>On which side of the expected value a value is.</summary>
public enum AnomalyDirection
{
    Up = 0,

    Down = 1,

    Same = 2,
}
