namespace MLPipelines.Transforms;

/// <summary>
/// Gives the rows of a vector column one contrast: y = s · (x − m) / d, where m is the row's mean, or 0, d the row's L2 norm or
/// standard deviation after that, and s the scale (Coates, Ng and Lee 2011). Rows of zeros stay as they are. Nothing is learned.
/// </summary>
public sealed class GlobalContrastNormalizingEstimator : LpNormNormalizingEstimatorBase
{
    internal GlobalContrastNormalizingEstimator(InputOutputColumnPair columns, bool ensureZeroMean, bool ensureUnitStandardDeviation, float scale)
        : base(new LpNormNormalizingTransformer(columns, ensureUnitStandardDeviation ? NormFunction.StandardDeviation : NormFunction.L2, ensureZeroMean, scale)) { }
}
