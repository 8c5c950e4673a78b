using MLPipelines.Transforms;

namespace MLPipelines;

public static partial class TransformExtensionsCatalog
{
    /// <summary>Leaves columns out.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columnNames">The columns to leave out.</param>
    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(columnNames, isDrop: true, keepHidden: false);

    /// <summary>Keeps some columns, in the order given, and leaves out the others.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columnNames">The columns to keep.</param>
    /// <param name="keepHidden">Whether columns that another one of the same name hides are kept too.</param>
    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, string[] columnNames, bool keepHidden) =>
        new(columnNames, isDrop: false, keepHidden);

    /// <summary>Keeps some columns, in the order given, and leaves out the others.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columnNames">The columns to keep.</param>
    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        catalog.SelectColumns(columnNames, keepHidden: false);
}
