using MLPipelines.Cli.Output;
using MLPipelines.Data;

namespace MLPipelines.Cli.Train;

/// <summary>Says what is wrong with rows of text before anything is learned from them.</summary>
internal static class TextCheck
{
    /// <exception cref="MLPipelinesException">There are no rows, or a column has no text at all.</exception>
    internal static void Rows(string file, IDataView rows, IReadOnlyList<string> textColumns)
    {
        BatchView view = BatchView.Of(rows);
        int[] indices = [.. textColumns.Select(name => view.Schema[name].Index)];
        bool[] hasText = new bool[indices.Length];
        long count = 0;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, indices));
        while (cursor.Next() is { } batch)
        {
            count += batch.RowCount;
            for (int i = 0; i < indices.Length; i++)
            {
                var texts = (TextColumn)batch[indices[i]];
                for (int row = 0; row < texts.RowCount && !hasText[i]; row++) hasText[i] = !texts[row].IsWhiteSpace();
            }
        }
        if (count == 0) throw new MLPipelinesException($"{file} has a header and no rows.");
        for (int i = 0; i < indices.Length; i++)
        {
            if (!hasText[i]) throw new MLPipelinesException(
                $"{file}, column '{textColumns[i]}': found no text in any of {Figures.Count(count, "row")}. Leave it out, or name another column with --text-col.");
        }
    }
}
