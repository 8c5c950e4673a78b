using MLPipelines.Transforms;
using static MLPipelines.Transforms.MissingValueReplacingEstimator;

namespace MLPipelines;

/// <summary>Transforms of missing values.</summary>
public static partial class ExtensionsCatalog
{
    /// <summary>Puts a number in place of each missing value (NaN) of a column.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="inputColumnName">The column with missing values; the output's name when left out.</param>
    /// <param name="replacementMode">Which number.</param>
    /// <param name="imputeBySlot">Whether each slot of a vector gets its own number.</param>
    public static MissingValueReplacingEstimator ReplaceMissingValues(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        ReplacementMode replacementMode = Defaults.Mode, bool imputeBySlot = Defaults.ImputeBySlot) =>
        catalog.ReplaceMissingValues([new InputOutputColumnPair(outputColumnName, inputColumnName)], replacementMode, imputeBySlot);

    /// <inheritdoc cref="ReplaceMissingValues(TransformsCatalog, string, string?, ReplacementMode, bool)"/>
    public static MissingValueReplacingEstimator ReplaceMissingValues(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        ReplacementMode replacementMode = Defaults.Mode, bool imputeBySlot = Defaults.ImputeBySlot) => new(catalog.Environment, columns, replacementMode, imputeBySlot);
}
