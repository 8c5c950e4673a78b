using MLPipelines.Scenarios.Forecasting;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>How the errors of lines are weighed against each other when their forecasts are made to agree.</summary>
public enum ReconciliationWeights
{
    /// <summary>By their variances and correlations, the latter shrunk as far as they are uncertain.</summary>
    Shrinkage,

    /// <summary>By their variances.</summary>
    VarianceScaling,
}

/// <summary>What is forecast and how.</summary>
public sealed record FinancialForecastingOptions
{
    /// <summary>How many periods ahead; at least 1. Default 12.</summary>
    public int Horizon { get; init; } = 12;

    /// <summary>What holds between lines in every period, such as <c>profit = revenue - cost; cost = cogs + opex</c>. A name that stands alone on the left and is not in the table becomes a line.</summary>
    public string Identities { get; init; } = "";

    /// <summary>How each line is forecast; <see langword="null"/> to choose for each line by trials in its past.</summary>
    public ForecastMethod? Method { get; init; }

    /// <summary>The share of amounts that lie within the intervals. Default 0.95.</summary>
    public float ConfidenceLevel { get; init; } = 0.95f;

    public ReconciliationWeights Weights { get; init; } = ReconciliationWeights.Shrinkage;

    /// <summary>How far from what trend and season say an amount must be to be an outlier, in robust standard deviations. Default 6; infinite for none.</summary>
    public double OutlierFence { get; init; } = 6;

    /// <summary>By how much of its largest amount an identity may be off in the history, for rounding. Default 0.01.</summary>
    public double IdentityTolerance { get; init; } = 0.01;

    /// <summary>From how many past periods the forecast is tried out; 0 for none. Default 4.</summary>
    public int BacktestOrigins { get; init; } = 4;

    internal ForecastMethod ChosenMethod => Method ?? DemandMethods.Create(null, Horizon);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Horizon, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BacktestOrigins);
        if (!(ConfidenceLevel is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(ConfidenceLevel), ConfidenceLevel, "The confidence level is a share above 0 and below 1.");
        if (!(OutlierFence > 0)) throw new ArgumentOutOfRangeException(nameof(OutlierFence), OutlierFence, "Expected a number above 0.");
        if (!(IdentityTolerance >= 0)) throw new ArgumentOutOfRangeException(nameof(IdentityTolerance), IdentityTolerance, "Expected a share of at least 0.");
    }
}
