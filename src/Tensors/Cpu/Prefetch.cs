using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Calls memory into the second-level cache before it is needed, where kernels go through it in steps that the processor does not foresee.</summary>
internal static unsafe class Prefetch
{
    /// <summary>So many numbers; addresses beyond a tensor's end do no harm.</summary>
    internal static void Numbers(float* numbers, nint count)
    {
        if (!Sse.IsSupported) return;
        for (float* end = numbers + count; numbers < end; numbers += 16) Sse.Prefetch1(numbers);
    }
}
