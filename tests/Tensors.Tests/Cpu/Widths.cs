using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Tests.Cpu;

/// <summary>The widths that this processor has, for tests that run every kernel through all of them.</summary>
internal static class Widths
{
    internal static IEnumerable<KernelWidth> All => Enum.GetValues<KernelWidth>().Where(width => width <= KernelWidths.Widest);
}
