using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Sixteen numbers: one AVX-512 register.</summary>
internal readonly unsafe struct Lanes16 : ILanes<Lanes16>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector512<float> _v;

    [MethodImpl(Inline)]
    private Lanes16(Vector512<float> v) => _v = v;

    public static int Count => 16;

    public static Lanes16 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector512<float>.Zero);
    }

    [MethodImpl(Inline)]
    public static Lanes16 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Lanes16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(Inline)]
    public static Lanes16 Load(float* source, int count) => new(Avx512F.MaskLoad(source, First(count), Vector512<float>.Zero));

    [MethodImpl(Inline)]
    public static Lanes16 Widen(ushort* source) => new((Avx512F.ConvertToVector512Int32(Vector256.Load(source)) << 16).AsSingle());

    [MethodImpl(Inline)]
    public static Lanes16 Fraction(uint* bits) => new(Avx512F.ConvertToVector512Single((Vector512.Load(bits) >> 8).AsInt32()) * Vector512.Create(1f / (1 << 24)));

    [MethodImpl(Inline)]
    public static void Store(Lanes16 lanes, float* destination) => lanes._v.Store(destination);

    [MethodImpl(Inline)]
    public static void Store(Lanes16 lanes, float* destination, int count) => Avx512F.MaskStore(destination, First(count), lanes._v);

    [MethodImpl(Inline)]
    private static Vector512<float> First(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    [MethodImpl(Inline)]
    public static Lanes16 operator +(Lanes16 a, Lanes16 b) => new(a._v + b._v);

    [MethodImpl(Inline)]
    public static Lanes16 operator -(Lanes16 a, Lanes16 b) => new(a._v - b._v);

    [MethodImpl(Inline)]
    public static Lanes16 operator *(Lanes16 a, Lanes16 b) => new(a._v * b._v);

    [MethodImpl(Inline)]
    public static Lanes16 operator /(Lanes16 a, Lanes16 b) => new(a._v / b._v);

    [MethodImpl(Inline)]
    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static Lanes16 Sqrt(Lanes16 a) => new(Vector512.Sqrt(a._v));

    [MethodImpl(Inline)]
    public static Lanes16 Abs(Lanes16 a) => new(Vector512.Abs(a._v));

    [MethodImpl(Inline)]
    public static Lanes16 Min(Lanes16 a, Lanes16 b) => new(Avx512F.Min(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes16 Max(Lanes16 a, Lanes16 b) => new(Avx512F.Max(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes16 Less(Lanes16 a, Lanes16 b) => new(Vector512.LessThan(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes16 Equal(Lanes16 a, Lanes16 b) => new(Vector512.Equals(a._v, b._v));

    [MethodImpl(Inline)]
    public static Lanes16 Select(Lanes16 condition, Lanes16 yes, Lanes16 no) => new(Vector512.ConditionalSelect(condition._v, yes._v, no._v));

    [MethodImpl(Inline)]
    public static Lanes16 CopySign(Lanes16 magnitude, Lanes16 sign) => new(Vector512.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)]
    public static Lanes16 Round(Lanes16 a) => new(Avx512F.RoundScale(a._v, 0));

    [MethodImpl(Inline)]
    public static Lanes16 PowerOfTwo(Lanes16 n) => new(((Avx512F.ConvertToVector512Int32(n._v) + Vector512.Create(127)) << 23).AsSingle());

    [MethodImpl(Inline)]
    public static Lanes16 Mantissa(Lanes16 a, out Lanes16 exponent)
    {
        // What is subtracted moves the cut between exponents from 1 to √½.
        Vector512<int> bits = a._v.AsInt32(), steps = (bits - Vector512.Create(LanesMath.RootOfHalf)) >> 23;
        exponent = new(Avx512F.ConvertToVector512Single(steps));
        return new((bits - (steps << 23)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static float Sum(Lanes16 a) => Lanes8.Sum(new Lanes8(a._v.GetLower() + a._v.GetUpper()));

    [MethodImpl(Inline)]
    public static float Greatest(Lanes16 a) => Lanes8.Greatest(new Lanes8(Avx.Max(a._v.GetLower(), a._v.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride)
    {
        Vector512<float> r0 = Vector512.Load(from + 0 * fromStride), r1 = Vector512.Load(from + 1 * fromStride), r2 = Vector512.Load(from + 2 * fromStride), r3 = Vector512.Load(from + 3 * fromStride), r4 = Vector512.Load(from + 4 * fromStride), r5 = Vector512.Load(from + 5 * fromStride), r6 = Vector512.Load(from + 6 * fromStride), r7 = Vector512.Load(from + 7 * fromStride), r8 = Vector512.Load(from + 8 * fromStride), r9 = Vector512.Load(from + 9 * fromStride), r10 = Vector512.Load(from + 10 * fromStride), r11 = Vector512.Load(from + 11 * fromStride), r12 = Vector512.Load(from + 12 * fromStride), r13 = Vector512.Load(from + 13 * fromStride), r14 = Vector512.Load(from + 14 * fromStride), r15 = Vector512.Load(from + 15 * fromStride);
        // Pairs of rows, then pairs of pairs within each quarter; then quarters change places in two steps.
        (r0, r1) = (Avx512F.UnpackLow(r0, r1), Avx512F.UnpackHigh(r0, r1));
        (r2, r3) = (Avx512F.UnpackLow(r2, r3), Avx512F.UnpackHigh(r2, r3));
        (r4, r5) = (Avx512F.UnpackLow(r4, r5), Avx512F.UnpackHigh(r4, r5));
        (r6, r7) = (Avx512F.UnpackLow(r6, r7), Avx512F.UnpackHigh(r6, r7));
        (r8, r9) = (Avx512F.UnpackLow(r8, r9), Avx512F.UnpackHigh(r8, r9));
        (r10, r11) = (Avx512F.UnpackLow(r10, r11), Avx512F.UnpackHigh(r10, r11));
        (r12, r13) = (Avx512F.UnpackLow(r12, r13), Avx512F.UnpackHigh(r12, r13));
        (r14, r15) = (Avx512F.UnpackLow(r14, r15), Avx512F.UnpackHigh(r14, r15));
        (r0, r1, r2, r3) = (Avx512F.Shuffle(r0, r2, 0x44), Avx512F.Shuffle(r0, r2, 0xEE), Avx512F.Shuffle(r1, r3, 0x44), Avx512F.Shuffle(r1, r3, 0xEE));
        (r4, r5, r6, r7) = (Avx512F.Shuffle(r4, r6, 0x44), Avx512F.Shuffle(r4, r6, 0xEE), Avx512F.Shuffle(r5, r7, 0x44), Avx512F.Shuffle(r5, r7, 0xEE));
        (r8, r9, r10, r11) = (Avx512F.Shuffle(r8, r10, 0x44), Avx512F.Shuffle(r8, r10, 0xEE), Avx512F.Shuffle(r9, r11, 0x44), Avx512F.Shuffle(r9, r11, 0xEE));
        (r12, r13, r14, r15) = (Avx512F.Shuffle(r12, r14, 0x44), Avx512F.Shuffle(r12, r14, 0xEE), Avx512F.Shuffle(r13, r15, 0x44), Avx512F.Shuffle(r13, r15, 0xEE));
        (r0, r4, r8, r12) = (Avx512F.Shuffle4x128(r0, r4, 0x88), Avx512F.Shuffle4x128(r0, r4, 0xDD), Avx512F.Shuffle4x128(r8, r12, 0x88), Avx512F.Shuffle4x128(r8, r12, 0xDD));
        (r1, r5, r9, r13) = (Avx512F.Shuffle4x128(r1, r5, 0x88), Avx512F.Shuffle4x128(r1, r5, 0xDD), Avx512F.Shuffle4x128(r9, r13, 0x88), Avx512F.Shuffle4x128(r9, r13, 0xDD));
        (r2, r6, r10, r14) = (Avx512F.Shuffle4x128(r2, r6, 0x88), Avx512F.Shuffle4x128(r2, r6, 0xDD), Avx512F.Shuffle4x128(r10, r14, 0x88), Avx512F.Shuffle4x128(r10, r14, 0xDD));
        (r3, r7, r11, r15) = (Avx512F.Shuffle4x128(r3, r7, 0x88), Avx512F.Shuffle4x128(r3, r7, 0xDD), Avx512F.Shuffle4x128(r11, r15, 0x88), Avx512F.Shuffle4x128(r11, r15, 0xDD));
        Avx512F.Shuffle4x128(r0, r8, 0x88).Store(to + 0 * toStride);
        Avx512F.Shuffle4x128(r4, r12, 0x88).Store(to + 4 * toStride);
        Avx512F.Shuffle4x128(r0, r8, 0xDD).Store(to + 8 * toStride);
        Avx512F.Shuffle4x128(r4, r12, 0xDD).Store(to + 12 * toStride);
        Avx512F.Shuffle4x128(r1, r9, 0x88).Store(to + 1 * toStride);
        Avx512F.Shuffle4x128(r5, r13, 0x88).Store(to + 5 * toStride);
        Avx512F.Shuffle4x128(r1, r9, 0xDD).Store(to + 9 * toStride);
        Avx512F.Shuffle4x128(r5, r13, 0xDD).Store(to + 13 * toStride);
        Avx512F.Shuffle4x128(r2, r10, 0x88).Store(to + 2 * toStride);
        Avx512F.Shuffle4x128(r6, r14, 0x88).Store(to + 6 * toStride);
        Avx512F.Shuffle4x128(r2, r10, 0xDD).Store(to + 10 * toStride);
        Avx512F.Shuffle4x128(r6, r14, 0xDD).Store(to + 14 * toStride);
        Avx512F.Shuffle4x128(r3, r11, 0x88).Store(to + 3 * toStride);
        Avx512F.Shuffle4x128(r7, r15, 0x88).Store(to + 7 * toStride);
        Avx512F.Shuffle4x128(r3, r11, 0xDD).Store(to + 11 * toStride);
        Avx512F.Shuffle4x128(r7, r15, 0xDD).Store(to + 15 * toStride);
    }
}
