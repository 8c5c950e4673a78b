using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A function of the items of a column that was learned slot by slot: a scalar is slot 0. Immutable.</summary>
internal abstract class SlotFunction<T, TResult>(int slots)
{
    internal int SlotCount => slots;

    internal abstract TResult Apply(T value, int slot);

    /// <summary>Computes all the items of one dense row.</summary>
    internal virtual void ApplyRow(ReadOnlySpan<T> row, Span<TResult> result)
    {
        for (int slot = 0; slot < row.Length; slot++) result[slot] = Apply(row[slot], slot);
    }

    /// <summary>Computes the stored items of sparse rows.</summary>
    internal virtual void ApplyStored(ReadOnlySpan<T> values, ReadOnlySpan<int> slots, Span<TResult> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = Apply(values[i], slots[i]);
    }

    /// <summary>Computes many items of slot 0.</summary>
    internal virtual void ApplyScalars(ReadOnlySpan<T> values, Span<TResult> result)
    {
        for (int i = 0; i < values.Length; i++) result[i] = Apply(values[i], 0);
    }

    internal ColumnKernel CreateKernel(DataViewSchema.Column input) => input.Type is VectorDataViewType ? Vectors(input.Index) : Scalars(input.Index);

    private ColumnKernel Scalars(int source)
    {
        var result = new ValueColumn<TResult>();
        return batch =>
        {
            ReadOnlySpan<T> values = ((ValueColumn<T>)batch[source]).Values;
            ApplyScalars(values, result.Resize(values.Length));
            return result;
        };
    }

    private ColumnKernel Vectors(int source)
    {
        var result = new VectorColumn<TResult>(slots);
        T[] dense = new T[slots];
        bool? keepsDefault = null;
        return batch =>
        {
            var rows = (VectorColumn<T>)batch[source];
            if (!rows.IsDense && (keepsDefault ??= KeepsDefault()))
            {
                Span<TResult> stored = result.ResizeLike(rows);
                ApplyStored(rows.Values, rows.Indices, stored);
                return result;
            }
            result.Reset(slots, isDense: true);
            Span<TResult> all = result.Resize(rows.RowCount);
            for (int row = 0; row < rows.RowCount; row++)
            {
                RowVector<T> vector = rows[row];
                if (!vector.IsDense) vector.CopyTo(dense);
                ApplyRow(vector.IsDense ? vector.Values : dense, all.Slice(row * slots, slots));
            }
            return result;
        };
    }

    /// <summary>Whether every slot maps the default item to the default, so that sparse rows stay sparse.</summary>
    private bool KeepsDefault()
    {
        var comparer = EqualityComparer<TResult>.Default;
        for (int slot = 0; slot < slots; slot++)
            if (!comparer.Equals(Apply(default!, slot), default)) return false;
        return true;
    }
}
