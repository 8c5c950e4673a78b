namespace MLPipelines.Data;

/// <summary>Reading one column of a view as a sequence of values.</summary>
public static class ColumnCursorExtensions
{
    /// <summary>The values of a column. The view is read each time that the sequence is gone through.</summary>
    /// <typeparam name="T">
    /// The type of the column's values; for text also <see cref="string"/>, for vectors also arrays, for floating point also <c>float?</c> and <c>double?</c>.
    /// </typeparam>
    /// <exception cref="ArgumentOutOfRangeException">No column has that name; the message lists those that exist.</exception>
    /// <exception cref="InvalidOperationException">The column has values of another type.</exception>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return GetColumn<T>(data, data.Schema[columnName]);
    }

    /// <summary>The values of a column. The view is read each time that the sequence is gone through.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (column.Index >= data.Schema.Count || data.Schema[column.Index].Name != column.Name)
            throw new ArgumentException($"Column '{column.Name}' is of another view. The columns are: {data.Schema}.", nameof(column));
        if (Cell.Create(typeof(T), column.Name) is not Cell<T> cell || !cell.Reads(data.Schema[column.Index].Type))
            throw new InvalidOperationException(
                $"Column '{column.Name}' is {column.Type}; read it as {DotNetNames.Of(column.Type)}, not as {DotNetNames.Of(typeof(T))}.");
        return Values(BatchView.Of(data), column.Index, cell);
    }

    private static IEnumerable<T> Values<T>(BatchView view, int index, Cell<T> cell)
    {
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, index));
        while (cursor.Next() is { } batch)
            for (int row = 0; row < batch.RowCount; row++) yield return cell.Read(batch[index], row, default);
    }
}
