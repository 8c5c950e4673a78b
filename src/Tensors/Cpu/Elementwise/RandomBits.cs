using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Tensors.Cpu;

/// <summary>The numbers of a <see cref="RandomStream"/> many at a time: every lane of 64 bits counts for itself.</summary>
internal static unsafe class RandomBits
{
    private const int Rounds = 10;
    private const uint LeftFactor = 0xD2511F53, RightFactor = 0xCD9E8D57, LeftStep = 0x9E3779B9, RightStep = 0xBB67AE85;

    /// <summary>The greatest number of blocks of four that one call may exceed what it was asked for.</summary>
    internal const int Beyond = 8;

    /// <summary>Blocks of four numbers each; there is room for <see cref="Beyond"/> more of them.</summary>
    internal static void Fill<T>(RandomStream stream, long first, int blocks, uint* bits)
        where T : unmanaged, ILanes<T>
    {
        if (T.Count == 16) Fill512(stream.Seed, stream.Start + (ulong)first, blocks, bits);
        else if (T.Count == 8) Fill256(stream.Seed, stream.Start + (ulong)first, blocks, bits);
        else
        {
            for (int i = 0; i < blocks; i++) (bits[4 * i], bits[4 * i + 1], bits[4 * i + 2], bits[4 * i + 3]) = stream.Block(first + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill512(ulong seed, ulong start, int blocks, uint* bits)
    {
        Vector512<ulong> low = Vector512.Create((ulong)uint.MaxValue);
        for (int i = 0; i < blocks; i += 8, bits += 32)
        {
            Vector512<ulong> counter = Vector512.Create(start + (ulong)i) + Vector512<ulong>.Indices, a = counter & low, b = counter >> 32, c = Vector512<ulong>.Zero, d = Vector512<ulong>.Zero;
            uint leftKey = (uint)seed, rightKey = (uint)(seed >> 32);
            for (int round = 0; round < Rounds; round++, leftKey += LeftStep, rightKey += RightStep)
            {
                Vector512<ulong> left = Avx512F.Multiply(a.AsUInt32(), Vector512.Create(LeftFactor)), right = Avx512F.Multiply(c.AsUInt32(), Vector512.Create(RightFactor));
                a = (right >> 32) ^ b ^ Vector512.Create((ulong)leftKey);
                c = (left >> 32) ^ d ^ Vector512.Create((ulong)rightKey);
                b = right & low;
                d = left & low;
            }
            Vector512<ulong> before = a | (b << 32), after = c | (d << 32), even = Avx512F.UnpackLow(before, after), odd = Avx512F.UnpackHigh(before, after);
            for (int block = 0; block < 4; block++)
            {
                Quarter(even, block).AsUInt32().Store(bits + 8 * block);
                Quarter(odd, block).AsUInt32().Store(bits + 8 * block + 4);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Quarter(Vector512<ulong> vector, int number)
    {
        Vector256<ulong> half = number < 2 ? vector.GetLower() : vector.GetUpper();
        return (number & 1) == 0 ? half.GetLower() : half.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill256(ulong seed, ulong start, int blocks, uint* bits)
    {
        Vector256<ulong> low = Vector256.Create((ulong)uint.MaxValue);
        for (int i = 0; i < blocks; i += 4, bits += 16)
        {
            Vector256<ulong> counter = Vector256.Create(start + (ulong)i) + Vector256<ulong>.Indices, a = counter & low, b = counter >> 32, c = Vector256<ulong>.Zero, d = Vector256<ulong>.Zero;
            uint leftKey = (uint)seed, rightKey = (uint)(seed >> 32);
            for (int round = 0; round < Rounds; round++, leftKey += LeftStep, rightKey += RightStep)
            {
                Vector256<ulong> left = Avx2.Multiply(a.AsUInt32(), Vector256.Create(LeftFactor)), right = Avx2.Multiply(c.AsUInt32(), Vector256.Create(RightFactor));
                a = (right >> 32) ^ b ^ Vector256.Create((ulong)leftKey);
                c = (left >> 32) ^ d ^ Vector256.Create((ulong)rightKey);
                b = right & low;
                d = left & low;
            }
            Vector256<ulong> before = a | (b << 32), after = c | (d << 32), even = Avx2.UnpackLow(before, after), odd = Avx2.UnpackHigh(before, after);
            even.GetLower().AsUInt32().Store(bits);
            odd.GetLower().AsUInt32().Store(bits + 4);
            even.GetUpper().AsUInt32().Store(bits + 8);
            odd.GetUpper().AsUInt32().Store(bits + 12);
        }
    }
}
