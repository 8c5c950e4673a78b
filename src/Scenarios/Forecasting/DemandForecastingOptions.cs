using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.Forecasting;

/// <summary>What to forecast, and how.</summary>
public sealed record DemandForecastingOptions
{
    /// <summary>Where in the table values, times, series and covariates are.</summary>
    public required PanelOptions Panel { get; init; }

    /// <summary>How many steps ahead; at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>A name out of <see cref="DemandMethods.Names"/>; <see langword="null"/> for the first, which chooses for each series.</summary>
    public string? Method { get; init; }

    /// <summary>What the calendar says of a time and the values depend on.</summary>
    public CalendarFeatures Calendar { get; init; }

    /// <summary>The share of observations that shall lie between the bounds.</summary>
    public float ConfidenceLevel { get; init; } = 0.95f;

    /// <summary>Whether forecasts and bounds below 0 are 0, as for what is sold.</summary>
    public bool IsNonNegative { get; init; }

    /// <summary>From how many origins in the past the method is measured, at most.</summary>
    public int BacktestOrigins { get; init; } = 3;

    /// <summary>The steps from one of them to the next; the horizon when left out.</summary>
    public int? BacktestStride { get; init; }

    /// <summary>When so much time is over, the series that are left are learned by Theta, which is quick; <see langword="null"/> for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
