using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms;

/// <summary>Finds out which values the keys of a column come from. With ordered hashing, the slot goes before the value: <c>2:red</c>.</summary>
internal static class HashInverter
{
    internal static Action<Batch> Create(DataViewSchema.Column input, HashingEstimator.ColumnOptions options, SlotNameCollector names)
    {
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(input.Type);
        ColumnKernel hash = RawTypes.Dispatch(item, new HashKernel(input, options));
        // Numbers are named as ConvertType writes them; keys by what they stand for.
        KeyValues? meanings = item is KeyDataViewType ? KeyValues.Of(input)?.ToText() : null;
        ColumnKernel text = item is TextDataViewType ? batch => batch[input.Index]
            : meanings is null ? ConversionKernels.Create(input, item, TextDataViewType.Instance) : KeyToValueMapping.KernelOf(input, meanings);
        bool isOrdered = options.UseOrderedHashing && input.Type is VectorDataViewType;
        return batch => Add(hash(batch), text(batch), isOrdered, names);
    }

    private static void Add(BatchColumn keys, BatchColumn texts, bool isOrdered, SlotNameCollector names)
    {
        if (keys is ValueColumn<uint> scalars)
        {
            for (int row = 0; row < scalars.RowCount; row++) Add(scalars.Values[row], ((TextColumn)texts)[row], "", names);
            return;
        }
        var vectors = (VectorColumn<uint>)keys;
        for (int row = 0; row < vectors.RowCount; row++)
        {
            RowVector<uint> items = vectors[row];
            for (int i = 0; i < items.Values.Length; i++)
            {
                int slot = items.IsDense ? i : items.Indices[i];
                Add(items.Values[i], ((TextVectorColumn)texts)[row, slot], isOrdered ? string.Create(CultureInfo.InvariantCulture, $"{slot}:") : "", names);
            }
        }
    }

    private static void Add(uint key, ReadOnlySpan<char> text, string prefix, SlotNameCollector names)
    {
        if (key != 0 && !names.IsFull((int)key - 1)) names.Add((int)key - 1, string.Concat(prefix, text));
    }
}
