using MLPipelines.Transforms;
using static MLPipelines.Transforms.NormalizingEstimator;

namespace MLPipelines;

/// <summary>Transforms that bring numbers onto one scale.</summary>
public static partial class NormalizationCatalog
{
    /// <summary>Scales by the smallest and largest number that was learned from.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first.</param>
    /// <param name="fixZero">Whether 0 stays 0, so that sparse rows stay sparse.</param>
    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched) =>
        catalog.NormalizeMinMax([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, fixZero);

    /// <inheritdoc cref="NormalizeMinMax(TransformsCatalog, string, string?, long, bool)"/>
    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched) =>
        new(catalog.Environment, nameof(NormalizeMinMax), columns, maximumExampleCount, new Normalizer.MinMax(fixZero));

    /// <summary>Scales by the mean and variance that were learned.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column of numbers; the output's name when left out.</param>
    /// <param name="maximumExampleCount">How many rows to learn from: those that come first.</param>
    /// <param name="fixZero">Whether 0 stays 0, so that sparse rows stay sparse; does not matter with <paramref name="useCdf"/>.</param>
    /// <param name="useCdf">Whether the result is the share of a normal distribution that is less than the number, between 0 and 1.</param>
    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched, bool useCdf = Defaults.MeanVarCdf) =>
        catalog.NormalizeMeanVariance([new InputOutputColumnPair(outputColumnName, inputColumnName)], maximumExampleCount, fixZero, useCdf);

    /// <inheritdoc cref="NormalizeMeanVariance(TransformsCatalog, string, string?, long, bool, bool)"/>
    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = Defaults.MaximumExampleCount, bool fixZero = Defaults.EnsureZeroUntouched, bool useCdf = Defaults.MeanVarCdf) =>
        new(catalog.Environment, nameof(NormalizeMeanVariance), columns, maximumExampleCount, new Normalizer.MeanVariance(fixZero, useCdf));
}
