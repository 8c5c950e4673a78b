using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Tensors.Cpu.Convolutions;

/// <summary>Turns eight by eight numbers in registers: reading down a column would fetch a cache line for each number.</summary>
internal static unsafe class SquareTransposition
{
    internal const int Side = 8;

    internal static bool IsSupported => Avx.IsSupported;

    /// <summary>Column i of the square, whose rows lie <paramref name="stride"/> apart, goes to <paramref name="rows"/>[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(float* from, nint stride, float** rows)
    {
        float* lower = from + (4 * stride);
        Half(Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + (2 * stride)), Vector256.Load(from + (3 * stride)), out Vector256<float> a, out Vector256<float> b, out Vector256<float> c, out Vector256<float> d);
        Half(Vector256.Load(lower), Vector256.Load(lower + stride), Vector256.Load(lower + (2 * stride)), Vector256.Load(lower + (3 * stride)), out Vector256<float> e, out Vector256<float> f, out Vector256<float> g, out Vector256<float> h);
        Avx.Permute2x128(a, e, 0x20).Store(rows[0]);
        Avx.Permute2x128(b, f, 0x20).Store(rows[1]);
        Avx.Permute2x128(c, g, 0x20).Store(rows[2]);
        Avx.Permute2x128(d, h, 0x20).Store(rows[3]);
        Avx.Permute2x128(a, e, 0x31).Store(rows[4]);
        Avx.Permute2x128(b, f, 0x31).Store(rows[5]);
        Avx.Permute2x128(c, g, 0x31).Store(rows[6]);
        Avx.Permute2x128(d, h, 0x31).Store(rows[7]);
    }

    /// <summary>Two squares of four by four, one in each half of the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, out Vector256<float> e, out Vector256<float> f, out Vector256<float> g, out Vector256<float> h)
    {
        Vector256<float> ab = Avx.UnpackLow(a, b), cd = Avx.UnpackLow(c, d), abHigh = Avx.UnpackHigh(a, b), cdHigh = Avx.UnpackHigh(c, d);
        e = Avx.Shuffle(ab, cd, 0x44);
        f = Avx.Shuffle(ab, cd, 0xEE);
        g = Avx.Shuffle(abHigh, cdHigh, 0x44);
        h = Avx.Shuffle(abHigh, cdHigh, 0xEE);
    }
}
