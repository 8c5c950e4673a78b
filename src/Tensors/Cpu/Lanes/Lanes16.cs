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
}
