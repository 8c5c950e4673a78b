namespace MLPipelines.TimeSeries;

/// <summary>Rows of a series that an anomaly spans, the last one included; an alert on any of them has found it.</summary>
public readonly record struct AnomalyWindow
{
    /// <exception cref="ArgumentOutOfRangeException">The rows are negative, or the last one is before the first.</exception>
    public AnomalyWindow(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        (First, Last) = (first, last);
    }

    public int First { get; }

    public int Last { get; }

    internal int Length => Last - First + 1;
}
