using System.Runtime.InteropServices;

namespace MLPipelines.Transforms;

/// <summary>How often each finite number was in each slot.</summary>
internal sealed class SlotModes(int slots) : ISlotLearner
{
    private readonly Dictionary<double, long>[] _counts = [.. Enumerable.Range(0, slots).Select(_ => new Dictionary<double, long>())];

    public int SlotCount => _counts.Length;

    public void Add(int slot, double value)
    {
        if (double.IsFinite(value)) Count(slot, value)++;
    }

    public void AddZeros(int slot, long zeros)
    {
        if (zeros > 0) Count(slot, 0) += zeros;
    }

    /// <summary>The most frequent number, the smallest of several; 0 when there was none.</summary>
    internal double MostFrequent(int slot) =>
        _counts[slot].Count == 0 ? 0 : _counts[slot].OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;

    private ref long Count(int slot, double value) => ref CollectionsMarshal.GetValueRefOrAddDefault(_counts[slot], value, out _);
}
