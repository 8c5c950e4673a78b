namespace MLPipelines.Transforms.Text;

/// <summary>Keeps the first different names of each slot, up to a number of them.</summary>
internal sealed class SlotNameCollector(int limit)
{
    private readonly Dictionary<int, List<string>> _names = [];

    internal bool IsFull(int slot) => _names.TryGetValue(slot, out List<string>? names) && names.Count >= limit;

    internal void Add(int slot, string name)
    {
        if (!_names.TryGetValue(slot, out List<string>? names)) _names.Add(slot, names = []);
        if (names.Count < limit && !names.Contains(name)) names.Add(name);
    }

    /// <summary>The names of the slots that something fell into: <c>{a,b}</c> for several.</summary>
    internal SlotNames ToNames()
    {
        int[] slots = [.. _names.Keys.Order()];
        return new SlotNames(slots, Array.ConvertAll(slots, slot => _names[slot] is [var only] ? only : $"{{{string.Join(',', _names[slot])}}}"));
    }

    /// <summary>The limit that a user's setting stands for: -1 is none.</summary>
    internal static int LimitOf(int maximumNumberOfInverts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumNumberOfInverts, -1);
        return maximumNumberOfInverts == -1 ? int.MaxValue : maximumNumberOfInverts;
    }
}
