namespace MLPipelines.TimeSeries;

/// <summary>How the error, the trend or the season enters an exponential smoothing model.</summary>
public enum EtsComponent
{
    None,
    Additive,
    Multiplicative,
}
