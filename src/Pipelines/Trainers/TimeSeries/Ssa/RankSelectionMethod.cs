namespace MLPipelines.Transforms.TimeSeries;

/// <summary>How many components of a singular spectrum analysis are the signal, and how that is found out.</summary>
public enum RankSelectionMethod
{
    /// <summary>As many as were asked for.</summary>
    Fixed,

    /// <summary>As many as forecast the end of the training series best, from the signal before it.</summary>
    Exact,

    /// <summary>As <see cref="Exact"/>, from a rougher and cheaper estimate of the signal.</summary>
    Fast,
}
