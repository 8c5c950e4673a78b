using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>The names of hashed slots, kept only where there are any.</summary>
internal static class SlotNames
{
    internal static DataViewSchema.Annotations Annotate(string[]? names) =>
        names is null ? DataViewSchema.Annotations.Empty : ColumnAnnotations.WithSlotNames(names);

    internal static void Save(string[]? names, ModelStepWriter writer)
    {
        writer.Set("hasNames", names is not null);
        if (names is null) return;
        // Most slots of a large table are unused.
        int[] used = [.. Enumerable.Range(0, names.Length).Where(slot => names[slot].Length > 0)];
        writer.WriteArray<int>("named-slots", used, used.Length);
        writer.WriteTexts("names", [.. used.Select(slot => names[slot])]);
    }

    internal static string[]? Load(ModelStepReader reader, int slotCount)
    {
        if (!reader.GetBoolean("hasNames")) return null;
        int[] used = reader.ReadArray<int>("named-slots", -1);
        IReadOnlyList<string> texts = reader.ReadTexts("names");
        if (texts.Count != used.Length || used.Any(slot => slot < 0 || slot >= slotCount)) throw reader.Invalid("its slot names do not fit its slots");
        string[] names = new string[slotCount];
        Array.Fill(names, "");
        for (int i = 0; i < used.Length; i++) names[used[i]] = texts[i];
        return names;
    }
}
