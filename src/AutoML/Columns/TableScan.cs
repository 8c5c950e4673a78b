using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Reads columns of text from the first to the last row to see what each holds: a number in the first rows may be a word in the last.</summary>
internal static class TableScan
{
    /// <summary>A profile of each of the columns, in their order.</summary>
    /// <param name="table">The rows; they are read once.</param>
    /// <param name="columns">Columns of text.</param>
    /// <param name="decimalMark">What separates the decimals of numbers.</param>
    internal static ColumnProfile[] Read(BatchView table, IReadOnlyList<DataViewSchema.Column> columns, char decimalMark = '.')
    {
        ColumnProfile[] profiles = [.. columns.Select(column => new ColumnProfile(column.Name, decimalMark))];
        if (profiles.Length == 0) return profiles;
        using BatchCursor cursor = table.OpenBatches(ColumnSet.Of(table.Schema, columns));
        while (cursor.Next() is { } batch)
        {
            for (int i = 0; i < profiles.Length; i++)
            {
                var column = (TextColumn)batch[columns[i].Index];
                for (int row = 0; row < column.RowCount; row++) profiles[i].Add(column[row]);
            }
        }
        return profiles;
    }
}
