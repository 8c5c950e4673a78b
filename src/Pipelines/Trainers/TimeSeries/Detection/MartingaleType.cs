namespace MLPipelines.Transforms.TimeSeries;

/// <summary>How p-values that are too often small add up (Fedorova et al. 2012, "Plug-in martingales for testing exchangeability on-line", arXiv:1204.3251).</summary>
public enum MartingaleType : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Each p-value p multiplies the score by ε · p^(ε − 1).</summary>
    Power,

    /// <summary>The mean of <see cref="Power"/> over all ε from 0 to 1.</summary>
    Mixture,
}
