namespace MLPipelines.TimeSeries;

/// <summary>Which theta lines are combined.</summary>
public enum ThetaForm
{
    /// <summary>The lines 0 and 2 in equal parts: simple exponential smoothing with half the slope of the series as drift (Assimakopoulos &amp; Nikolopoulos 2000; Hyndman &amp; Billah 2003).</summary>
    Standard,

    /// <summary>θ is learned together with the smoothing (Fiorucci et al. 2016).</summary>
    Optimized,

    /// <summary>As <see cref="Optimized"/>, and the straight line is drawn again after each value.</summary>
    DynamicOptimized,
}
