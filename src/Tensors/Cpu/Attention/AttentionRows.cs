namespace MLPipelines.Tensors.Cpu;

/// <summary>Rows of scores in whole vectors.</summary>
internal static class AttentionRows
{
    /// <summary>Room for a row of scores: whole vectors, for at most so many keys at a time.</summary>
    internal static int Room<T>(this in AttentionSize size, int most)
        where T : unmanaged, ILanes<T> => Math.Min(most, Rounded<T>(size.Keys));

    /// <summary>Up to whole vectors.</summary>
    internal static int Rounded<T>(int count)
        where T : unmanaged, ILanes<T> => (count + T.Count - 1) / T.Count * T.Count;
}
