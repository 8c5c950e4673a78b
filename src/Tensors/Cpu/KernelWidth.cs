using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Tensors.Cpu;

/// <summary>How many numbers the kernels work on at a time.</summary>
internal enum KernelWidth
{
    /// <summary>One, on any processor.</summary>
    Scalar,

    /// <summary>Eight (AVX2 with FMA).</summary>
    V256,

    /// <summary>Sixteen (AVX-512).</summary>
    V512,
}

/// <summary>The one place where kernels of a width are chosen.</summary>
/// <remarks>
/// The choice is made once, on the thread that calls an operation, and goes with the work to other threads as a function pointer: that a test
/// forces a width holds for its own thread and everything that it starts, and for nobody else.
/// </remarks>
internal static unsafe class KernelWidths
{
    [ThreadStatic]
    private static int _forced;

    /// <summary>The widest that the processor has.</summary>
    internal static KernelWidth Widest { get; } =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? KernelWidth.V512 : Vector256.IsHardwareAccelerated && Fma.IsSupported && Avx2.IsSupported ? KernelWidth.V256 : KernelWidth.Scalar;

    /// <summary>The width of the kernels that this thread calls.</summary>
    internal static KernelWidth Current => _forced == 0 ? Widest : (KernelWidth)(_forced - 1);

    /// <summary>Makes kernels that this thread calls have the width until the result is disposed.</summary>
    internal static Forcing Force(KernelWidth width)
    {
        if (width > Widest) throw new PlatformNotSupportedException($"This processor has no kernels wider than {Widest}.");
        int before = _forced;
        _forced = (int)width + 1;
        return new Forcing(before);
    }

    /// <summary>The one of three kernels that has the current width.</summary>
    internal static delegate*<void*, int, void> Pick(delegate*<void*, int, void> scalar, delegate*<void*, int, void> v256, delegate*<void*, int, void> v512) => Current switch
    {
        KernelWidth.V512 => v512,
        KernelWidth.V256 => v256,
        _ => scalar,
    };

    /// <summary>Ends what <see cref="Force"/> began.</summary>
    internal readonly ref struct Forcing(int before)
    {
        public void Dispose() => _forced = before;
    }
}
