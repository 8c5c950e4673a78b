using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class ExtensionsCatalog
{
    /// <summary>Says which values of a column are missing (NaN).</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column of truth values that is made.</param>
    /// <param name="inputColumnName">The column with missing values; the output's name when left out.</param>
    public static MissingValueIndicatorEstimator IndicateMissingValues(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null) =>
        catalog.IndicateMissingValues([new InputOutputColumnPair(outputColumnName, inputColumnName)]);

    /// <inheritdoc cref="IndicateMissingValues(TransformsCatalog, string, string?)"/>
    public static MissingValueIndicatorEstimator IndicateMissingValues(this TransformsCatalog catalog, InputOutputColumnPair[] columns) =>
        new(catalog.Environment, columns);
}
