using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>What the slots of a vector made of keys are called.</summary>
internal static class KeySlotNames
{
    /// <param name="input">The keys.</param>
    /// <param name="names">The names of the slots that are made of one key.</param>
    /// <param name="slots">How many keys each row has, whose names go before (<c>slot.name</c>, or <c>[index].name</c>); 0 for none.</param>
    internal static ReadOnlyMemory<char>[] Of(DataViewSchema.Column input, ReadOnlyMemory<char>[] names, int slots)
    {
        if (slots == 0) return names;
        string[]? prefixes = input.SlotNamesOrNull();
        var all = new ReadOnlyMemory<char>[slots * names.Length];
        for (int slot = 0; slot < slots; slot++)
        {
            string prefix = prefixes?[slot] is { Length: > 0 } name ? name : string.Create(CultureInfo.InvariantCulture, $"[{slot}]");
            for (int i = 0; i < names.Length; i++) all[slot * names.Length + i] = $"{prefix}.{names[i].Span}".AsMemory();
        }
        return all;
    }
}
