using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>What is known of columns put side by side. Names are put together only when they are read, since there may be very many.</summary>
internal static class ConcatenatedAnnotations
{
    internal static DataViewSchema.Annotations Of(DataViewSchema.Column[] sources, bool isVariable)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (RawTypes.ItemTypeOf(sources[0].Type) is NumberDataViewType && Array.TrueForAll(sources, s => Has(s, AnnotationKinds.IsNormalized)))
            builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, Array.TrueForAll(sources, s => s.IsNormalized()));
        if (isVariable) return builder.ToAnnotations();

        int size = sources.Sum(SizeOf);
        if (Array.Exists(sources, s => s.Type is not VectorDataViewType || s.HasSlotNames()))
            builder.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> names) => names = new(size, SlotNames(sources, size)));
        int ranges = sources.Sum(s => s.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges)?.Type is VectorDataViewType type ? type.Size / 2 : 0);
        if (ranges > 0)
        {
            builder.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, ranges, 2),
                (ref VBuffer<int> slots) => slots = new(ranges * 2, CategoricalSlots(sources, ranges)));
        }
        return builder.ToAnnotations();
    }

    private static ReadOnlyMemory<char>[] SlotNames(DataViewSchema.Column[] sources, int size)
    {
        var names = new ReadOnlyMemory<char>[size];
        int start = 0;
        foreach (DataViewSchema.Column source in sources)
        {
            if (source.Type is not VectorDataViewType)
            {
                names[start] = source.Name.AsMemory();
            }
            else if (source.HasSlotNames())
            {
                VBuffer<ReadOnlyMemory<char>> slots = default;
                source.GetSlotNames(ref slots);
                foreach (var (slot, name) in slots.Items())
                    if (!name.IsEmpty && slot < SizeOf(source)) names[start + slot] = $"{source.Name}.{name.Span}".AsMemory();
            }
            start += SizeOf(source);
        }
        return names;
    }

    private static int[] CategoricalSlots(DataViewSchema.Column[] sources, int ranges)
    {
        int[] all = new int[ranges * 2];
        int start = 0, count = 0;
        foreach (DataViewSchema.Column source in sources)
        {
            if (Has(source, AnnotationKinds.CategoricalSlotRanges))
            {
                VBuffer<int> slots = default;
                source.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref slots);
                foreach (int slot in slots.DenseValues()) all[count++] = start + slot;
            }
            start += SizeOf(source);
        }
        return all;
    }

    private static bool Has(DataViewSchema.Column column, string kind) => column.Annotations.Schema.GetColumnOrNull(kind) is not null;

    private static int SizeOf(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.Size : 1;
}
