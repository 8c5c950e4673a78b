namespace MLPipelines.Transforms.TimeSeries;

/// <summary>How much a forecast may grow: by a factor within a number of steps.</summary>
public struct GrowthRatio
{
    /// <summary>The number of steps; above 0.</summary>
    public int TimeSpan;

    /// <summary>The factor; 0 or more.</summary>
    public double Growth;

    /// <summary>The factor of one step: Growth^(1/TimeSpan).</summary>
    public readonly double Ratio => Math.Pow(Growth, 1d / TimeSpan);
}
