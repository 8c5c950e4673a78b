using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Transforms that rearrange columns.</summary>
public static partial class TransformExtensionsCatalog
{
    /// <summary>Puts columns of one item type, scalars and vectors, side by side into one vector column.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The vector column that is made.</param>
    /// <param name="inputColumnNames">The columns that it is made of, in order.</param>
    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) =>
        new(outputColumnName, inputColumnNames);
}
