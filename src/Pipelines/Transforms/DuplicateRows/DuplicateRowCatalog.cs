using MLPipelines.Transforms;

namespace MLPipelines;

/// <summary>Transforms of duplicate rows. ML.NET has none; the names follow its own.</summary>
public static class DuplicateRowCatalog
{
    /// <summary>Keeps the first of equal rows and leaves out the others. A chain with this step prepares data; a prediction engine cannot use it.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columnNames">The columns that rows are compared in; all when none is given.</param>
    public static DuplicateRowEstimator RemoveDuplicateRows(this TransformsCatalog catalog, params string[] columnNames) => new(columnNames, outputColumnName: null);

    /// <summary>Says of each row whether an equal one comes before it: a column of truth values.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that is made.</param>
    /// <param name="columnNames">The columns that rows are compared in; all when none is given.</param>
    public static DuplicateRowEstimator IndicateDuplicateRows(this TransformsCatalog catalog, string outputColumnName, params string[] columnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new(columnNames, outputColumnName);
    }
}
