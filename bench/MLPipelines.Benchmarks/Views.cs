using MLPipelines.Data;

namespace MLPipelines.Benchmarks;

/// <summary>Reading views the way trainers do, batch by batch.</summary>
public static class Views
{
    /// <summary>Computes some columns, or all when none is named, of all rows and returns the number of rows.</summary>
    public static long ReadAll(IDataView view, params string[] columns)
    {
        BatchView batches = BatchView.Of(view);
        ColumnSet wanted = columns.Length == 0 ? ColumnSet.All(view.Schema) : ColumnSet.Of(view.Schema, columns.Select(name => view.Schema[name]));
        return Count(batches, wanted);
    }

    /// <summary>Goes through the rows without any column.</summary>
    public static long CountRows(IDataView view) => Count(BatchView.Of(view), ColumnSet.None(view.Schema));

    private static long Count(BatchView view, ColumnSet columns)
    {
        long rows = 0;
        using BatchCursor cursor = view.OpenBatches(columns);
        while (cursor.Next() is { } batch) rows += batch.RowCount;
        return rows;
    }
}
