using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class TransformExtensionsCatalog
{
    /// <summary>Gives a column a second name.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The new name.</param>
    /// <param name="inputColumnName">The column.</param>
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName));
}
