using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Data;

/// <summary>The inverse transform of samples of 8 bits with a vector for each row of a block; the same numbers as the plain kernel.</summary>
internal static unsafe class JpegVectorTransform
{
    internal static void Block(short* block, int* quantizers, byte* samples, int stride)
    {
        Vector256<int> r0 = Row(block, quantizers, 0), r1 = Row(block, quantizers, 1), r2 = Row(block, quantizers, 2), r3 = Row(block, quantizers, 3),
            r4 = Row(block, quantizers, 4), r5 = Row(block, quantizers, 5), r6 = Row(block, quantizers, 6), r7 = Row(block, quantizers, 7);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, JpegInverseTransform.Fraction - 2);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, JpegInverseTransform.Fraction + 5);
        Store(r0, r1, r2, r3, r4, r5, r6, r7, samples, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Row(short* block, int* quantizers, int row) =>
        Avx2.ConvertToVector256Int32(block + row * 8) * Vector256.Load(quantizers + row * 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7, [ConstantExpected] int shift)
    {
        Vector256<int> even = (r2 + r6) * 4433;
        Vector256<int> low = even - r6 * 15137, high = even + r2 * 6270, round = Vector256.Create(1 << shift - 1);
        Vector256<int> sum = (r0 + r4 << JpegInverseTransform.Fraction) + round, difference = (r0 - r4 << JpegInverseTransform.Fraction) + round;
        Vector256<int> e0 = sum + high, e3 = sum - high, e1 = difference + low, e2 = difference - low;

        Vector256<int> v73 = r7 + r3, v51 = r5 + r1, z5 = (v73 + v51) * 9633, z3 = z5 - v73 * 16069, z4 = z5 - v51 * 3196;
        Vector256<int> z1 = (r7 + r1) * -7373, z2 = (r5 + r3) * -20995;
        Vector256<int> o3 = r7 * 2446 + z1 + z3, o2 = r5 * 16819 + z2 + z4, o1 = r3 * 25172 + z2 + z3, o0 = r1 * 12299 + z1 + z4;

        (r0, r7) = (e0 + o0 >> shift, e0 - o0 >> shift);
        (r1, r6) = (e1 + o1 >> shift, e1 - o1 >> shift);
        (r2, r5) = (e2 + o2 >> shift, e2 - o2 >> shift);
        (r3, r4) = (e3 + o3 >> shift, e3 - o3 >> shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7)
    {
        Vector256<long> a0 = Low(r0, r1), a1 = High(r0, r1), a2 = Low(r2, r3), a3 = High(r2, r3), a4 = Low(r4, r5), a5 = High(r4, r5), a6 = Low(r6, r7), a7 = High(r6, r7);
        Vector256<long> b0 = Avx2.UnpackLow(a0, a2), b1 = Avx2.UnpackHigh(a0, a2), b2 = Avx2.UnpackLow(a1, a3), b3 = Avx2.UnpackHigh(a1, a3);
        Vector256<long> b4 = Avx2.UnpackLow(a4, a6), b5 = Avx2.UnpackHigh(a4, a6), b6 = Avx2.UnpackLow(a5, a7), b7 = Avx2.UnpackHigh(a5, a7);
        (r0, r4) = (Lower(b0, b4), Upper(b0, b4));
        (r1, r5) = (Lower(b1, b5), Upper(b1, b5));
        (r2, r6) = (Lower(b2, b6), Upper(b2, b6));
        (r3, r7) = (Lower(b3, b7), Upper(b3, b7));
    }

    private static Vector256<long> Low(Vector256<int> a, Vector256<int> b) => Avx2.UnpackLow(a, b).AsInt64();

    private static Vector256<long> High(Vector256<int> a, Vector256<int> b) => Avx2.UnpackHigh(a, b).AsInt64();

    private static Vector256<int> Lower(Vector256<long> a, Vector256<long> b) => Avx2.Permute2x128(a, b, 0x20).AsInt32();

    private static Vector256<int> Upper(Vector256<long> a, Vector256<long> b) => Avx2.Permute2x128(a, b, 0x31).AsInt32();

    /// <summary>Takes columns as vectors; writes rows of bytes, moved up by 128 and cut off at 0 and 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> c0, Vector256<int> c1, Vector256<int> c2, Vector256<int> c3,
        Vector256<int> c4, Vector256<int> c5, Vector256<int> c6, Vector256<int> c7, byte* samples, int stride)
    {
        // Packing with saturation to signed bytes cuts off around zero; turning the highest bit moves the result up. In each half of a
        // vector are four rows: bytes of column 0, rows 0 to 3, then column 1 and so on.
        Vector256<byte> middle = Vector256.Create((byte)0x80);
        Vector256<sbyte> a = Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(c0, c1), Avx2.PackSignedSaturate(c2, c3));
        Vector256<sbyte> b = Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(c4, c5), Avx2.PackSignedSaturate(c6, c7));
        Vector256<byte> gather = Vector256.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        Vector256<int> left = Avx2.Shuffle(a.AsByte() ^ middle, gather).AsInt32(), right = Avx2.Shuffle(b.AsByte() ^ middle, gather).AsInt32();
        Vector256<ulong> rows02 = Avx2.UnpackLow(left, right).AsUInt64(), rows23 = Avx2.UnpackHigh(left, right).AsUInt64();
        *(ulong*)samples = rows02.GetElement(0);
        *(ulong*)(samples + stride) = rows02.GetElement(1);
        *(ulong*)(samples + 2 * stride) = rows23.GetElement(0);
        *(ulong*)(samples + 3 * stride) = rows23.GetElement(1);
        samples += 4 * (nint)stride;
        *(ulong*)samples = rows02.GetElement(2);
        *(ulong*)(samples + stride) = rows02.GetElement(3);
        *(ulong*)(samples + 2 * stride) = rows23.GetElement(2);
        *(ulong*)(samples + 3 * stride) = rows23.GetElement(3);
    }
}
