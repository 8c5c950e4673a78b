using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The names of those slots that have one: slots rise, and each has the name at its place.</summary>
internal sealed record SlotNames(int[] Slots, string[] Names)
{
    internal static DataViewSchema.Annotations Annotate(SlotNames? names, int slotCount)
    {
        if (names is null) return DataViewSchema.Annotations.Empty;
        VBuffer<ReadOnlyMemory<char>> vector = names.ToVector(slotCount);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddSlotNames(slotCount, (ref VBuffer<ReadOnlyMemory<char>> value) => vector.CopyTo(ref value));
        return builder.ToAnnotations();
    }

    /// <summary>One name per slot, empty where there is none.</summary>
    internal VBuffer<ReadOnlyMemory<char>> ToVector(int slotCount)
    {
        // Most slots of a large table are unused: their names are not stored, as in any sparse vector.
        var values = Array.ConvertAll(Names, name => name.AsMemory());
        var vector = new VBuffer<ReadOnlyMemory<char>>(slotCount, values, Slots);
        return values.Length > slotCount / 2 ? new VBuffer<ReadOnlyMemory<char>>(slotCount, vector.ToDenseArray()) : vector;
    }

    internal static void Save(SlotNames? names, ModelStepWriter writer)
    {
        writer.Set("hasNames", names is not null);
        if (names is null) return;
        writer.WriteArray<int>("named-slots", names.Slots, names.Slots.Length);
        writer.WriteTexts("names", names.Names);
    }

    internal static SlotNames? Load(ModelStepReader reader, int slotCount)
    {
        if (!reader.GetBoolean("hasNames")) return null;
        int[] slots = reader.ReadArray<int>("named-slots", -1);
        string[] names = [.. reader.ReadTexts("names")];
        bool rises = true;
        for (int i = 0; i < slots.Length; i++) rises &= slots[i] > (i == 0 ? -1 : slots[i - 1]) && slots[i] < slotCount;
        return rises && names.Length == slots.Length ? new SlotNames(slots, names) : throw reader.Invalid("its slot names do not fit its slots");
    }
}
