using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Estimators that bring numbers to one scale.</summary>
public static partial class NormalizationCatalog
{
    /// <summary>Scales each row of a vector column to a norm of 1.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: of the same type as the input.</param>
    /// <param name="inputColumnName">The column to read: a vector of <see cref="float"/> of known size; the output column when null.</param>
    /// <param name="norm">The norm that becomes 1.</param>
    /// <param name="ensureZeroMean">Whether the mean of each row is subtracted first; the result is dense then.</param>
    public static LpNormNormalizingEstimator NormalizeLpNorm(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        LpNormNormalizingEstimatorBase.NormFunction norm = LpNormNormalizingEstimatorBase.Defaults.Norm,
        bool ensureZeroMean = LpNormNormalizingEstimatorBase.Defaults.LpEnsureZeroMean) =>
        new(new InputOutputColumnPair(outputColumnName, inputColumnName), norm, ensureZeroMean);

    /// <summary>Gives each row of a vector column the same norm or deviation.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: of the same type as the input.</param>
    /// <param name="inputColumnName">The column to read: a vector of <see cref="float"/> of known size; the output column when null.</param>
    /// <param name="ensureZeroMean">Whether the mean of each row is subtracted first; the result is dense then.</param>
    /// <param name="ensureUnitStandardDeviation">Whether the standard deviation of the row is brought to the scale, rather than its L2 norm.</param>
    /// <param name="scale">What the norm or deviation becomes: above 0.</param>
    public static GlobalContrastNormalizingEstimator NormalizeGlobalContrast(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        bool ensureZeroMean = LpNormNormalizingEstimatorBase.Defaults.GcnEnsureZeroMean,
        bool ensureUnitStandardDeviation = LpNormNormalizingEstimatorBase.Defaults.EnsureUnitStdDev, float scale = LpNormNormalizingEstimatorBase.Defaults.Scale) =>
        new(new InputOutputColumnPair(outputColumnName, inputColumnName), ensureZeroMean, ensureUnitStandardDeviation, scale);
}
