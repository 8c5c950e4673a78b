namespace MLPipelines.Data;

/// <summary>The rows of a view with the values of one column dealt out to other rows.</summary>
internal static class PermutedColumn
{
    /// <param name="rows">The rows, in memory.</param>
    /// <param name="index">The column.</param>
    /// <param name="random">Where chance comes from.</param>
    internal static BatchView Of(CachedView rows, int index, Random random)
    {
        BatchColumn values = rows.ReadColumns(index)[0];
        int[] order = [.. Enumerable.Range(0, values.RowCount)];
        random.Shuffle(order);
        DataViewSchema.Column column = rows.Schema[index];
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(rows.Schema);
        schema.AddColumn(column.Name, column.Type, column.Annotations);
        return new MappedView(rows, schema.ToSchema(), [new OutputColumn(column.Name, column.Type, column.Annotations, [index], Deal)]);

        ColumnKernel Deal()
        {
            BatchColumn dealt = values.CreateEmpty();
            return batch =>
            {
                dealt.Clear();
                dealt.Append(values, order.AsSpan((int)batch.FirstRow, batch.RowCount));
                return dealt;
            };
        }
    }
}
