using MLPipelines.Transforms;
using static MLPipelines.Transforms.NormalizingEstimator;

namespace MLPipelines;

public static partial class NormalizationCatalog
{
    /// <summary>Scales by the mean and variance of the logarithms of the positive numbers that were learned from.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first.</param>
    /// <param name="useCdf">Whether the result is the share of a log-normal distribution that is less than the number, between 0 and 1;
    /// without it the number itself, not its logarithm, is moved and scaled.</param>
    public static NormalizingEstimator NormalizeLogMeanVariance(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool useCdf = Defaults.LogMeanVarCdf) =>
        catalog.NormalizeLogMeanVariance(outputColumnName, fixZero: false, inputColumnName, maximumExampleCount, useCdf);

    /// <inheritdoc cref="NormalizeLogMeanVariance(TransformsCatalog, string, string?, long, bool)"/>
    public static NormalizingEstimator NormalizeLogMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool useCdf = Defaults.LogMeanVarCdf) =>
        catalog.NormalizeLogMeanVariance(columns, fixZero: false, maximumExampleCount, useCdf);

    /// <inheritdoc cref="NormalizeLogMeanVariance(TransformsCatalog, string, string?, long, bool)"/>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="fixZero">Whether 0 stays 0, so that sparse rows stay sparse; does not matter with <paramref name="useCdf"/>.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first.</param>
    /// <param name="useCdf">Whether the result is the share of a log-normal distribution that is less than the number, between 0 and 1.</param>
    public static NormalizingEstimator NormalizeLogMeanVariance(this TransformsCatalog catalog, string outputColumnName, bool fixZero, string? inputColumnName = null,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool useCdf = Defaults.LogMeanVarCdf) =>
        catalog.NormalizeLogMeanVariance([new InputOutputColumnPair(outputColumnName, inputColumnName)], fixZero, maximumExampleCount, useCdf);

    /// <inheritdoc cref="NormalizeLogMeanVariance(TransformsCatalog, string, bool, string?, long, bool)"/>
    public static NormalizingEstimator NormalizeLogMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns, bool fixZero,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool useCdf = Defaults.LogMeanVarCdf) =>
        new(catalog.Environment, nameof(NormalizeLogMeanVariance), columns, maximumExampleCount, new Normalizer.LogMeanVariance(fixZero, useCdf));
}
