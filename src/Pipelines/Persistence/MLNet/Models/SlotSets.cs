using MLPipelines.Trainers.Trees;

namespace MLPipelines.Persistence.MLNet;

/// <summary>The sets of slots that nodes of categories ask for, as <see cref="DecisionTree.CategoryPool"/> has them.</summary>
internal sealed class SlotSets
{
    internal SlotSets(Dictionary<int, int[]> categories, int nodes)
    {
        if (categories.Count == 0) return;
        Sets = new int[nodes];
        Array.Fill(Sets, -1);
        var words = new List<uint>();
        foreach (var (node, slots) in categories.OrderBy(pair => pair.Key))
        {
            Sets[node] = words.Count;
            int count = slots.Length == 0 ? 0 : ((slots[^1] - slots[0]) / 32) + 1;
            uint[] set = new uint[count + 1];
            set[0] = 0x80000000 | (uint)count;
            foreach (int slot in slots) set[1 + ((slot - slots[0]) / 32)] |= 1u << ((slot - slots[0]) % 32);
            words.AddRange(set);
        }
        Words = [.. words];
    }

    internal int[] Sets { get; } = [];

    internal uint[] Words { get; } = [];
}
