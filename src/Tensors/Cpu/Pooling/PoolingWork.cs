namespace MLPipelines.Tensors.Cpu.Pooling;

/// <summary>What the parts of one pooling share.</summary>
internal unsafe struct PoolingWork
{
    /// <summary>Numbers that are worth a part of their own.</summary>
    private const int LeastNumbers = 1 << 14;

    internal PoolingSize Size;
    internal float* Input, Output;
    internal byte* Places;
    internal bool Flag;
    internal int PerPart, Total;

    /// <summary>Shares so many things, each of so many numbers, among parts.</summary>
    internal int Share(int things, long numbers)
    {
        Total = things;
        PerPart = (int)Math.Clamp(LeastNumbers / Math.Max(1, numbers), 1, Math.Max(1, things));
        return (things + PerPart - 1) / PerPart;
    }

    internal readonly (int First, int End) Range(int part) => (part * PerPart, Math.Min(Total, (part + 1) * PerPart));
}
