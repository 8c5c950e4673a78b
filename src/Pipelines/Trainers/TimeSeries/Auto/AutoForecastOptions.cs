namespace MLPipelines.TimeSeries;

/// <summary>Options of <see cref="AutoForecastMethod"/>.</summary>
public sealed record AutoForecastOptions
{
    /// <summary>How many steps ahead the methods have to be good; at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>The methods to choose from; <see langword="null"/> for <see cref="AutoCandidates"/> of each series.</summary>
    public IReadOnlyList<ForecastMethod>? Candidates { get; init; }

    /// <summary>From how many origins in the past each method forecasts, where the series is long enough; at least 1.</summary>
    public int Origins { get; init; } = 4;

    /// <summary>
    /// How long methods may be tried on a series; <see langword="null"/> for as long as it takes. The first one is always tried. With a limit, what
    /// is chosen depends on the speed of the machine.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Origins);
        if (Candidates is { Count: 0 }) throw new ArgumentException("There are no methods to choose from.", nameof(Candidates));
        if (TimeLimit is { } limit && limit < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(TimeLimit), limit, "A time limit is not negative.");
    }
}
