using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Eight numbers: one AVX2 register.</summary>
internal readonly unsafe struct Lanes8 : ILanes<Lanes8>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector256<float> _v;

    [MethodImpl(Inline)]
    internal Lanes8(Vector256<float> v) => _v = v;

    public static int Count => 8;

    public static Lanes8 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector256<float>.Zero);
    }

    [MethodImpl(Inline)]
    public static Lanes8 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static Lanes8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(Inline)]
    public static Lanes8 Load(float* source, int count) => new(Avx.MaskLoad(source, First(count)));

    [MethodImpl(Inline)]
    public static Lanes8 Widen(ushort* source) => new((Avx2.ConvertToVector256Int32(Vector128.Load(source)) << 16).AsSingle());

    [MethodImpl(Inline)]
    public static Lanes8 Fraction(uint* bits) => new(Avx.ConvertToVector256Single((Vector256.Load(bits) >> 8).AsInt32()) * Vector256.Create(1f / (1 << 24)));

    [MethodImpl(Inline)]
    public static void Store(Lanes8 lanes, float* destination) => lanes._v.Store(destination);

    [MethodImpl(Inline)]
    public static void Store(Lanes8 lanes, float* destination, int count) => Avx.MaskStore(destination, First(count), lanes._v);

    [MethodImpl(Inline)]
    private static Vector256<float> First(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(Inline)]
    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a._v + b._v);

    [MethodImpl(Inline)]
    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a._v - b._v);

    [MethodImpl(Inline)]
    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a._v * b._v);

    [MethodImpl(Inline)]
    public static Lanes8 operator /(Lanes8 a, Lanes8 b) => new(a._v / b._v);

    [MethodImpl(Inline)]
    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Fma.MultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static Lanes8 Sqrt(Lanes8 a) => new(Vector256.Sqrt(a._v));

    [MethodImpl(Inline)]
    public static Lanes8 Abs(Lanes8 a) => new(Vector256.Abs(a._v));

    [MethodImpl(Inline)]
    public static Lanes8 Min(Lanes8 a, Lanes8 b) => new(Avx.Min(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes8 Max(Lanes8 a, Lanes8 b) => new(Avx.Max(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes8 Less(Lanes8 a, Lanes8 b) => new(Vector256.LessThan(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes8 Equal(Lanes8 a, Lanes8 b) => new(Vector256.Equals(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes8 Select(Lanes8 condition, Lanes8 yes, Lanes8 no) => new(Vector256.ConditionalSelect(condition._v, yes._v, no._v));

    [MethodImpl(Inline)]
    public static Lanes8 CopySign(Lanes8 magnitude, Lanes8 sign) => new(Vector256.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)]
    public static Lanes8 Round(Lanes8 a) => new(Avx.RoundToNearestInteger(a._v));

    [MethodImpl(Inline)]
    public static Lanes8 PowerOfTwo(Lanes8 n) => new(((Avx.ConvertToVector256Int32(n._v) + Vector256.Create(127)) << 23).AsSingle());

    [MethodImpl(Inline)]
    public static Lanes8 Mantissa(Lanes8 a, out Lanes8 exponent)
    {
        Vector256<int> bits = a._v.AsInt32(), steps = (bits - Vector256.Create(LanesMath.RootOfHalf)) >> 23;
        exponent = new(Avx.ConvertToVector256Single(steps));
        return new((bits - (steps << 23)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static float Sum(Lanes8 a)
    {
        Vector128<float> four = a._v.GetLower() + a._v.GetUpper(), two = four + Sse.MoveHighToLow(four, four);
        return two[0] + two[1];
    }

    [MethodImpl(Inline)]
    public static float Greatest(Lanes8 a)
    {
        Vector128<float> four = Sse.Max(a._v.GetLower(), a._v.GetUpper()), two = Sse.Max(four, Sse.MoveHighToLow(four, four));
        return Math.Max(two[0], two[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride)
    {
        Vector256<float> r0 = Vector256.Load(from + 0 * fromStride), r1 = Vector256.Load(from + 1 * fromStride), r2 = Vector256.Load(from + 2 * fromStride), r3 = Vector256.Load(from + 3 * fromStride), r4 = Vector256.Load(from + 4 * fromStride), r5 = Vector256.Load(from + 5 * fromStride), r6 = Vector256.Load(from + 6 * fromStride), r7 = Vector256.Load(from + 7 * fromStride);
        // Pairs of rows, then pairs of pairs, then halves.
        (r0, r1) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        (r2, r3) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        (r4, r5) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5));
        (r6, r7) = (Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
        (r0, r1, r2, r3) = (Avx.Shuffle(r0, r2, 0x44), Avx.Shuffle(r0, r2, 0xEE), Avx.Shuffle(r1, r3, 0x44), Avx.Shuffle(r1, r3, 0xEE));
        (r4, r5, r6, r7) = (Avx.Shuffle(r4, r6, 0x44), Avx.Shuffle(r4, r6, 0xEE), Avx.Shuffle(r5, r7, 0x44), Avx.Shuffle(r5, r7, 0xEE));
        Avx.Permute2x128(r0, r4, 0x20).Store(to + 0 * toStride);
        Avx.Permute2x128(r1, r5, 0x20).Store(to + 1 * toStride);
        Avx.Permute2x128(r2, r6, 0x20).Store(to + 2 * toStride);
        Avx.Permute2x128(r3, r7, 0x20).Store(to + 3 * toStride);
        Avx.Permute2x128(r0, r4, 0x31).Store(to + 4 * toStride);
        Avx.Permute2x128(r1, r5, 0x31).Store(to + 5 * toStride);
        Avx.Permute2x128(r2, r6, 0x31).Store(to + 6 * toStride);
        Avx.Permute2x128(r3, r7, 0x31).Store(to + 7 * toStride);
    }
}
