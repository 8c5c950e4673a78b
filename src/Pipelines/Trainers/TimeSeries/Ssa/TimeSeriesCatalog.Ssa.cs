using MLPipelines.TimeSeries;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines;

/// <summary>Forecasts of series, and anomalies in them.</summary>
public static partial class TimeSeriesCatalog
{
    /// <summary>Forecasts one series by singular spectrum analysis; see <see cref="SsaForecastingEstimator"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that gets the forecasts: a vector of <paramref name="horizon"/> numbers.</param>
    /// <param name="inputColumnName">The series: a column of <see cref="float"/>. <see langword="null"/> for the name of the output.</param>
    /// <param name="windowSize">The length of the windows that are looked at; 2 or more.</param>
    /// <param name="seriesLength">How many observations an adaptive model remembers; above <paramref name="windowSize"/>.</param>
    /// <param name="trainSize">How many rows it is trained on, from the first; above twice <paramref name="windowSize"/>.</param>
    /// <param name="horizon">How many steps are forecast.</param>
    /// <param name="isAdaptive">Whether it is trained anew on what it remembers whenever a window of new observations has come.</param>
    /// <param name="discountFactor">How much less than the next a window counts when it is trained anew, in [0, 1].</param>
    /// <param name="rankSelectionMethod">How the number of components that are the signal is chosen.</param>
    /// <param name="rank">That number, where it is fixed; <see langword="null"/> for <paramref name="maxRank"/>.</param>
    /// <param name="maxRank">The most components that are tried; <see langword="null"/> for <paramref name="windowSize"/> − 1.</param>
    /// <param name="shouldStabilize">Whether forecasts are kept from exploding.</param>
    /// <param name="shouldMaintainInfo">Whether <see cref="SsaForecastingTransformer.Info"/> is kept.</param>
    /// <param name="maxGrowth">The most that a trend may grow; <see langword="null"/> for no bound.</param>
    /// <param name="confidenceLowerBoundColumn">The column that gets the lower bounds; <see langword="null"/> for none.</param>
    /// <param name="confidenceUpperBoundColumn">The column that gets the upper bounds; <see langword="null"/> for none.</param>
    /// <param name="confidenceLevel">The share of futures that the bounds enclose.</param>
    /// <param name="variableHorizon">Whether the horizon may be another one at the time of predicting, even where steps follow in the chain.</param>
    public static SsaForecastingEstimator ForecastBySsa(
        this ForecastingCatalog catalog, string outputColumnName, string? inputColumnName, int windowSize, int seriesLength, int trainSize, int horizon,
        bool isAdaptive = false, float discountFactor = 1, RankSelectionMethod rankSelectionMethod = RankSelectionMethod.Exact, int? rank = null,
        int? maxRank = null, bool shouldStabilize = true, bool shouldMaintainInfo = false, GrowthRatio? maxGrowth = null, string? confidenceLowerBoundColumn = null,
        string? confidenceUpperBoundColumn = null, float confidenceLevel = 0.95f, bool variableHorizon = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SsaForecastingEstimator(catalog.Environment, new SsaForecastingOptions(outputColumnName, inputColumnName ?? outputColumnName, windowSize, seriesLength, trainSize, horizon)
        {
            IsAdaptive = isAdaptive,
            DiscountFactor = discountFactor,
            RankSelectionMethod = rankSelectionMethod,
            Rank = rank,
            MaxRank = maxRank,
            ShouldStabilize = shouldStabilize,
            ShouldMaintainInfo = shouldMaintainInfo,
            MaxGrowth = maxGrowth,
            LowerBound = confidenceLowerBoundColumn,
            UpperBound = confidenceUpperBoundColumn,
            ConfidenceLevel = confidenceLevel,
            VariableHorizon = variableHorizon,
        });
    }
}
