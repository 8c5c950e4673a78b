namespace MLPipelines.Transforms;

/// <summary>The statistics of the natural logarithms of the positive numbers in each slot; others are left out.</summary>
internal sealed class LogStatistics(int slots) : ISlotLearner
{
    internal SlotStatistics OfLogarithms { get; } = new(slots);

    public int SlotCount => slots;

    public void Add(int slot, double value)
    {
        if (value > 0) OfLogarithms.Add(slot, Math.Log(value));
    }

    public void AddZeros(int slot, long zeros) { }
}
