using MLPipelines.Data;

namespace MLPipelines.Cli.Train;

/// <summary>Counts the rows that have a label.</summary>
internal static class LabelledRows
{
    internal static long Count(IDataView rows, string label)
    {
        BatchView view = BatchView.Of(rows);
        DataViewSchema.Column column = view.Schema[label];
        long count = 0;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, column.Index));
        while (cursor.Next() is { } batch)
        {
            switch (batch[column.Index])
            {
                case TextColumn texts:
                    for (int row = 0; row < texts.RowCount; row++) if (texts[row].Length > 0) count++;
                    break;
                case ValueColumn<float> numbers:
                    foreach (float number in numbers.Values) if (!float.IsNaN(number)) count++;
                    break;
                case ValueColumn<double> numbers:
                    foreach (double number in numbers.Values) if (!double.IsNaN(number)) count++;
                    break;
                default:
                    count += batch.RowCount;
                    break;
            }
        }
        return count;
    }
}
