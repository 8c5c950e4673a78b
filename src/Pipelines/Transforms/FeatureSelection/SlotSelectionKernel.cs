using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Copies some slots of each row. Where none is kept, the row has one item, which is the default.</summary>
/// <param name="input">The column.</param>
/// <param name="type">The type of the result.</param>
/// <param name="size">The number of slots of the column.</param>
/// <param name="kept">The slots that are kept, rising.</param>
internal sealed class SlotSelectionKernel(DataViewSchema.Column input, DataViewType type, int size, int[] kept) : RawTypes.IVisitor<ColumnKernel>
{
    public ColumnKernel Visit<T>()
    {
        if (kept.Length == 0) return Defaults();
        return typeof(T) == typeof(ReadOnlyMemory<char>) ? Texts() : Vectors<T>();
    }

    private ColumnKernel Defaults() => RawTypes.Dispatch(RawTypes.ItemTypeOf(type), new DefaultKernel(type));

    private ColumnKernel Texts()
    {
        var result = new TextVectorColumn(kept.Length);
        return batch =>
        {
            var rows = (TextVectorColumn)batch[input.Index];
            result.Clear();
            for (int row = 0; row < rows.RowCount; row++)
            {
                foreach (int slot in kept) result.AppendItem(rows[row, slot]);
                result.EndRow();
            }
            return result;
        };
    }

    private ColumnKernel Vectors<T>()
    {
        var result = new VectorColumn<T>(kept.Length);
        int[] places = new int[size];
        Array.Fill(places, -1);
        for (int i = 0; i < kept.Length; i++) places[kept[i]] = i;
        return batch =>
        {
            var rows = (VectorColumn<T>)batch[input.Index];
            result.Reset(kept.Length, rows.IsDense);
            for (int row = 0; row < rows.RowCount; row++)
            {
                RowVector<T> items = rows[row];
                if (items.IsDense)
                {
                    Span<T> some = result.AppendDense(kept.Length);
                    for (int i = 0; i < kept.Length; i++) some[i] = items.Values[kept[i]];
                    continue;
                }
                for (int i = 0; i < items.Indices.Length; i++)
                    if (places[items.Indices[i]] is >= 0 and var place) result.AppendItem(place, items.Values[i]);
                result.EndRow();
            }
            return result;
        };
    }

    private sealed class DefaultKernel(DataViewType type) : RawTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>()
        {
            BatchColumn result = BatchColumn.Create(type);
            return batch =>
            {
                result.Clear();
                switch (result)
                {
                    case ValueColumn<T> scalars: scalars.Resize(batch.RowCount).Clear(); break;
                    case VectorColumn<T> vectors: vectors.Resize(batch.RowCount).Clear(); break;
                    default:
                        for (int row = 0; row < batch.RowCount; row++) result.AppendMissing();
                        break;
                }
                return result;
            };
        }
    }
}
