namespace MLPipelines.TimeSeries;

/// <summary>Options of <see cref="AutoForecastMethod"/>.</summary>
public sealed record AutoForecastOptions
{
    /// <summary>How many steps ahead the methods have to be good; at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>The methods to choose from.</summary>
    public required IReadOnlyList<ForecastMethod> Candidates { get; init; }

    /// <summary>From how many origins in the past each method forecasts, where the series is long enough; at least 1.</summary>
    public int Origins { get; init; } = 4;

    /// <summary>How many values must be left to learn from; shorter series get the plain mean of all methods.</summary>
    public int LeastHistory { get; init; } = 12;

    /// <summary>How many times as large as the least error that of a method may be that counts; at least 1.</summary>
    public double Tolerance { get; init; } = 1.5;

    /// <summary>The power of the ratio of errors that weights follow; 0 for equal weights.</summary>
    public double Sharpness { get; init; } = 2;

    /// <summary>How many times as wide errors are as the methods expect.</summary>
    public double Spread { get; init; } = 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Origins);
        ArgumentOutOfRangeException.ThrowIfLessThan(Tolerance, 1);
        if (Candidates.Count == 0) throw new ArgumentException("There are no methods to choose from.", nameof(Candidates));
    }
}
