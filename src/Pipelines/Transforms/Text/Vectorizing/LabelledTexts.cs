using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Transforms.Text;

/// <summary>Reads texts, several columns joined by a space, and the labels that go with them.</summary>
internal static class LabelledTexts
{
    /// <param name="view">The data.</param>
    /// <param name="textColumns">The indices of the text columns.</param>
    /// <param name="label">A key column; rows without a label are left out. <see langword="null"/> for all rows.</param>
    /// <returns>The texts and, counted from 0, the labels.</returns>
    internal static (TextColumn Texts, int[] Labels) Read(BatchView view, int[] textColumns, DataViewSchema.Column? label)
    {
        var texts = new TextColumn();
        List<float> labels = [];
        List<int> rows = [];
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, label is { } l ? [.. textColumns, l.Index] : textColumns));
        while (cursor.Next() is { } batch)
        {
            rows.Clear();
            if (label is { } key) LabelReader.Append(batch[key.Index], key, labels, rows);
            else rows.AddRange(Enumerable.Range(0, batch.RowCount));
            foreach (int row in rows)
            {
                for (int i = 0; i < textColumns.Length; i++)
                {
                    ReadOnlySpan<char> text = ((TextColumn)batch[textColumns[i]])[row];
                    int gap = i > 0 ? 1 : 0;
                    Span<char> target = texts.Extend(text.Length + gap);
                    if (gap > 0) target[0] = ' ';
                    text.CopyTo(target[gap..]);
                }
                texts.EndRow();
            }
        }
        return (texts, [.. labels.Select(value => (int)value)]);
    }
}
