using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Copies columns side by side: into dense rows when all of them are dense, into sparse rows otherwise.</summary>
/// <param name="sources">The indices of the columns.</param>
/// <param name="size">The length of every result; 0 when rows differ.</param>
internal sealed class ConcatenationKernel(int[] sources, int size) : RawTypes.IVisitor<ColumnKernel>
{
    public ColumnKernel Visit<T>()
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>)) return Texts();
        var result = new VectorColumn<T>(size);
        bool? hasScalarsOnly = null;
        return batch =>
        {
            // The columns of all batches are of the same kinds, and numbers are never sparse.
            bool isDense = (hasScalarsOnly ??= HasScalarsOnly<T>(batch)) || AreDense<T>(batch);
            result.Reset(size, isDense || size == 0);
            if (!result.IsDense) AppendSparse(batch, result);
            else if (size == 0) AppendVarying(batch, result);
            else CopyDense(batch, result);
            return result;
        };
    }

    private bool HasScalarsOnly<T>(Batch batch) => Array.TrueForAll(sources, source => batch[source] is ValueColumn<T>);

    private bool AreDense<T>(Batch batch)
    {
        foreach (int source in sources)
            if (batch[source] is VectorColumn<T> { IsDense: false }) return false;
        return true;
    }

    private void CopyDense<T>(Batch batch, VectorColumn<T> result)
    {
        Span<T> all = result.Resize(batch.RowCount);
        int start = 0;
        foreach (int source in sources)
        {
            if (batch[source] is ValueColumn<T> scalars)
            {
                ReadOnlySpan<T> values = scalars.Values;
                for (int row = 0, at = start; row < values.Length; row++, at += size) all[at] = values[row];
                start++;
                continue;
            }
            var vectors = (VectorColumn<T>)batch[source];
            int length = vectors.Size;
            ReadOnlySpan<T> items = vectors.Values;
            for (int row = 0; row < batch.RowCount; row++) items.Slice(row * length, length).CopyTo(all[(row * size + start)..]);
            start += length;
        }
    }

    private void AppendSparse<T>(Batch batch, VectorColumn<T> result)
    {
        var comparer = EqualityComparer<T>.Default;
        for (int row = 0; row < batch.RowCount; row++)
        {
            int start = 0;
            foreach (int source in sources)
            {
                if (batch[source] is ValueColumn<T> scalars)
                {
                    T value = scalars.Values[row];
                    if (!comparer.Equals(value, default)) result.AppendItem(start, value);
                    start++;
                    continue;
                }
                RowVector<T> items = ((VectorColumn<T>)batch[source])[row];
                if (!items.IsDense)
                {
                    result.AppendItems(items.Indices, items.Values, start);
                }
                else
                {
                    for (int i = 0; i < items.Length; i++)
                        if (!comparer.Equals(items.Values[i], default)) result.AppendItem(start + i, items.Values[i]);
                }
                start += items.Length;
            }
            result.EndRow();
        }
    }

    private void AppendVarying<T>(Batch batch, VectorColumn<T> result)
    {
        for (int row = 0; row < batch.RowCount; row++)
        {
            int length = 0;
            foreach (int source in sources) length += batch[source] is VectorColumn<T> vectors ? vectors[row].Length : 1;
            Span<T> items = result.AppendDense(length);
            foreach (int source in sources)
            {
                if (batch[source] is VectorColumn<T> vectors)
                {
                    RowVector<T> part = vectors[row];
                    part.CopyTo(items);
                    items = items[part.Length..];
                }
                else
                {
                    items[0] = ((ValueColumn<T>)batch[source]).Values[row];
                    items = items[1..];
                }
            }
        }
    }

    private ColumnKernel Texts()
    {
        var result = new TextVectorColumn(size);
        return batch =>
        {
            result.Clear();
            for (int row = 0; row < batch.RowCount; row++)
            {
                foreach (int source in sources)
                {
                    if (batch[source] is TextColumn scalars) result.AppendItem(scalars[row]);
                    else AppendTexts((TextVectorColumn)batch[source], row, result);
                }
                result.EndRow();
            }
            return result;
        };
    }

    private static void AppendTexts(TextVectorColumn texts, int row, TextVectorColumn result)
    {
        for (int i = 0; i < texts.LengthOf(row); i++) result.AppendItem(texts[row, i]);
    }
}
