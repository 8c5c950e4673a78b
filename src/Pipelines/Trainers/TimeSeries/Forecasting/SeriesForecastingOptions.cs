namespace MLPipelines.TimeSeries;

/// <summary>What is forecast, how far, and into which columns.</summary>
public sealed record SeriesForecastingOptions
{
    /// <summary>Where the series are.</summary>
    public required PanelOptions Panel { get; init; }

    /// <summary>The column of forecasts: a vector of <see cref="Horizon"/> numbers.</summary>
    public string OutputColumnName { get; init; } = "Forecast";

    /// <summary>How many steps ahead; at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>The column of lower bounds, a vector as the forecast; <see langword="null"/> for none.</summary>
    public string? ConfidenceLowerBoundColumn { get; init; }

    /// <summary>The column of upper bounds.</summary>
    public string? ConfidenceUpperBoundColumn { get; init; }

    /// <summary>The share of observations that lie between the bounds; above 0 and below 1.</summary>
    public float ConfidenceLevel { get; init; } = 0.95f;

    /// <summary>What the calendar says of a time and the values depend on, such as the day of the week.</summary>
    public CalendarFeatures Calendar { get; init; }

    /// <summary>Whether forecasts and bounds below 0 are 0, as for what is counted or sold.</summary>
    public bool IsNonNegative { get; init; }

    /// <summary>How many threads fit series; <see langword="null"/> for all cores. It changes no number.</summary>
    public int? NumberOfThreads { get; init; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(OutputColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(Horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Horizon, 1_000_000);
        if (!(ConfidenceLevel is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(ConfidenceLevel), ConfidenceLevel, "The confidence level is a share above 0 and below 1.");
        if (NumberOfThreads is < 1) throw new ArgumentOutOfRangeException(nameof(NumberOfThreads), NumberOfThreads, "At least one thread is needed.");
        if (Panel.TimeColumn is null && Calendar != CalendarFeatures.None) throw new ArgumentException("Calendar features need a column of times.", nameof(Calendar));
        // The series says what is wrong with seasons.
        _ = new Series("", Array.Empty<double>(), Panel.Seasons ?? []);
    }
}
