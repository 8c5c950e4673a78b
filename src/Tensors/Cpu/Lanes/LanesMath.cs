namespace MLPipelines.Tensors.Cpu;

/// <summary>Functions of lanes that are worked out alike for every width.</summary>
internal static class LanesMath
{
    /// <summary>The bits of √½.</summary>
    internal const int RootOfHalf = 0x3F3504F3;
}
