using MLPipelines.Transforms;
using static MLPipelines.Transforms.NormalizingEstimator;

namespace MLPipelines;

public static partial class NormalizationCatalog
{
    /// <summary>Scales by the distance between two quantiles of the numbers that were learned from, which outliers hardly change.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first.</param>
    /// <param name="centerData">Whether the median is taken off; without it, 0 stays 0.</param>
    /// <param name="quantileMin">The lower quantile in percent.</param>
    /// <param name="quantileMax">The upper quantile in percent, more than the lower one and 100 at most.</param>
    public static NormalizingEstimator NormalizeRobustScaling(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool centerData = Defaults.CenterData,
        uint quantileMin = Defaults.QuantileMin, uint quantileMax = Defaults.QuantileMax) =>
        catalog.NormalizeRobustScaling([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, centerData, quantileMin, quantileMax);

    /// <inheritdoc cref="NormalizeRobustScaling(TransformsCatalog, string, string?, long, bool, uint, uint)"/>
    public static NormalizingEstimator NormalizeRobustScaling(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool centerData = Defaults.CenterData,
        uint quantileMin = Defaults.QuantileMin, uint quantileMax = Defaults.QuantileMax)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantileMax, 100u);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(quantileMin, quantileMax);
        return new(catalog.Environment, nameof(NormalizeRobustScaling), columns, maximumExampleCount, new Normalizer.RobustScaling(centerData, quantileMin, quantileMax));
    }
}
