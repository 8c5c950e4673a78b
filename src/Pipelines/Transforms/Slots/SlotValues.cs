namespace MLPipelines.Transforms;

/// <summary>
/// Keeps every finite number of each slot, for what needs their order: 8 bytes per number in memory, zeros that sparse rows did
/// not store excepted.
/// </summary>
internal sealed class SlotValues(int slots) : ISlotLearner
{
    private readonly List<double>[] _values = [.. Enumerable.Range(0, slots).Select(_ => new List<double>())];
    private readonly long[] _zeros = new long[slots];

    public int SlotCount => slots;

    public void Add(int slot, double value)
    {
        if (double.IsFinite(value)) _values[slot].Add(value);
    }

    public void AddZeros(int slot, long zeros) => _zeros[slot] += Math.Max(zeros, 0);

    /// <summary>The different numbers of a slot and how often each was there.</summary>
    internal ValueCounts Count(int slot) => ValueCounts.Of([.. _values[slot]], _zeros[slot]);
}
