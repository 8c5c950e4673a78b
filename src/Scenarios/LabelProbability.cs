namespace MLPipelines;

/// <summary>A label and how probable it is, from 0 to 1.</summary>
public readonly record struct LabelProbability(string Label, float Probability)
{
    /// <summary>All labels, the most probable first; of equal ones, the one that comes first.</summary>
    internal static LabelProbability[] Rank(IReadOnlyList<string> labels, ReadOnlySpan<float> probabilities)
    {
        Span<ulong> order = labels.Count <= 512 ? stackalloc ulong[labels.Count] : new ulong[labels.Count];
        Order(probabilities, order);
        var ranked = new LabelProbability[labels.Count];
        for (int i = 0; i < ranked.Length; i++) ranked[i] = new LabelProbability(labels[(int)(uint)order[i]], probabilities[(int)(uint)order[i]]);
        return ranked;
    }

    /// <summary>Ranks probabilities: the low half of each item is the place of one, the largest first.</summary>
    internal static void Order(ReadOnlySpan<float> probabilities, Span<ulong> order)
    {
        // Sorting plain numbers is several times faster than asking a comparison. The bits of numbers that are not negative rise as
        // they do, so that their complement puts the largest first; the place behind it decides between equal ones.
        for (int i = 0; i < order.Length; i++) order[i] = ((ulong)~BitConverter.SingleToUInt32Bits(probabilities[i]) << 32) | (uint)i;
        order.Sort();
    }
}
