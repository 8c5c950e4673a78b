using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Computes sparse vectors out of keys; dense ones where rows differ in length.</summary>
/// <param name="source">The index of the key column.</param>
/// <param name="isVector">Whether each row has several keys.</param>
/// <param name="keys">How many different keys there are.</param>
/// <param name="slots">How many keys each row has, each of which gets slots of its own; 0 when rows differ.</param>
/// <param name="isCount">Whether the keys of a row share their slots.</param>
internal sealed class KeyVectorKernel(int source, bool isVector, int keys, int slots, bool isCount) : KeyCarriers.IVisitor<ColumnKernel>
{
    public ColumnKernel Visit<TKey>() where TKey : unmanaged, IBinaryInteger<TKey>
    {
        var result = new VectorColumn<float>(slots * keys);
        if (!isVector) return batch => Indicators(((ValueColumn<TKey>)batch[source]).Values, result);
        if (isCount)
        {
            float[] counts = new float[keys];
            return batch => Counts((VectorColumn<TKey>)batch[source], counts, result);
        }
        return batch => slots == 0 ? Varying((VectorColumn<TKey>)batch[source], result) : SideBySide((VectorColumn<TKey>)batch[source], result);
    }

    // Key 0, which is missing, wraps around when 1 is taken off, and is out of range as an unknown key is.
    private bool TryGetSlot<TKey>(TKey key, out int slot) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        ulong index = ulong.CreateTruncating(key) - 1;
        slot = (int)index;
        return index < (ulong)keys;
    }

    private VectorColumn<float> Indicators<TKey>(ReadOnlySpan<TKey> rows, VectorColumn<float> result) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        result.Reset(keys, isDense: false);
        foreach (TKey key in rows)
        {
            if (TryGetSlot(key, out int slot)) result.AppendItem(slot, 1);
            result.EndRow();
        }
        return result;
    }

    private VectorColumn<float> SideBySide<TKey>(VectorColumn<TKey> rows, VectorColumn<float> result) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        result.Reset(slots * keys, isDense: false);
        for (int row = 0; row < rows.RowCount; row++)
        {
            RowVector<TKey> items = rows[row];
            for (int i = 0; i < items.Values.Length; i++)
                if (TryGetSlot(items.Values[i], out int slot)) result.AppendItem((items.IsDense ? i : items.Indices[i]) * keys + slot, 1);
            result.EndRow();
        }
        return result;
    }

    private VectorColumn<float> Varying<TKey>(VectorColumn<TKey> rows, VectorColumn<float> result) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        result.Clear();
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<TKey> items = rows[row].Values;
            Span<float> all = result.AppendDense(checked(items.Length * keys));
            all.Clear();
            for (int i = 0; i < items.Length; i++)
                if (TryGetSlot(items[i], out int slot)) all[i * keys + slot] = 1;
        }
        return result;
    }

    private VectorColumn<float> Counts<TKey>(VectorColumn<TKey> rows, float[] counts, VectorColumn<float> result) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        result.Reset(keys, isDense: false);
        Span<int> seen = stackalloc int[128];
        for (int row = 0; row < rows.RowCount; row++)
        {
            ReadOnlySpan<TKey> items = rows[row].Values;
            int distinct = 0;
            foreach (TKey key in items)
            {
                if (!TryGetSlot(key, out int slot)) continue;
                if (counts[slot]++ == 0 && distinct++ < seen.Length) seen[distinct - 1] = slot;
            }
            // Few different keys are put in order; for many it is quicker to look at every slot.
            if (distinct <= seen.Length)
            {
                seen[..distinct].Sort();
                foreach (int slot in seen[..distinct]) Take(slot);
            }
            else
            {
                for (int slot = 0; slot < counts.Length; slot++)
                    if (counts[slot] != 0) Take(slot);
            }
            result.EndRow();
        }
        return result;

        void Take(int slot)
        {
            result.AppendItem(slot, counts[slot]);
            counts[slot] = 0;
        }
    }
}
