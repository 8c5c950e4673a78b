using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>One number, on any processor.</summary>
internal readonly unsafe struct Lanes1 : ILanes<Lanes1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly float _v;

    [MethodImpl(Inline)]
    private Lanes1(float v) => _v = v;

    public static int Count => 1;

    public static Lanes1 Zero
    {
        [MethodImpl(Inline)]
        get => new(0);
    }

    [MethodImpl(Inline)]
    public static Lanes1 Broadcast(float value) => new(value);

    [MethodImpl(Inline)]
    public static Lanes1 Load(float* source) => new(*source);

    [MethodImpl(Inline)]
    public static Lanes1 Load(float* source, int count) => count > 0 ? new(*source) : Zero;

    [MethodImpl(Inline)]
    public static Lanes1 Widen(ushort* source) => new(BitConverter.Int32BitsToSingle(*source << 16));

    [MethodImpl(Inline)]
    public static Lanes1 Fraction(uint* bits) => new(Philox.ToSingle(*bits));

    [MethodImpl(Inline)]
    public static void Store(Lanes1 lanes, float* destination) => *destination = lanes._v;

    [MethodImpl(Inline)]
    public static void Store(Lanes1 lanes, float* destination, int count)
    {
        if (count > 0) *destination = lanes._v;
    }

    [MethodImpl(Inline)]
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a._v + b._v);

    [MethodImpl(Inline)]
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a._v - b._v);

    [MethodImpl(Inline)]
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a._v * b._v);

    [MethodImpl(Inline)]
    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a._v / b._v);

    [MethodImpl(Inline)]
    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(Inline)]
    public static Lanes1 Sqrt(Lanes1 a) => new(MathF.Sqrt(a._v));

    [MethodImpl(Inline)]
    public static Lanes1 Abs(Lanes1 a) => new(MathF.Abs(a._v));

    [MethodImpl(Inline)]
    public static Lanes1 Min(Lanes1 a, Lanes1 b) => a._v < b._v ? a : b;

    [MethodImpl(Inline)]
    public static Lanes1 Max(Lanes1 a, Lanes1 b) => a._v > b._v ? a : b;

    [MethodImpl(Inline)]
    public static Lanes1 Less(Lanes1 a, Lanes1 b) => If(a._v < b._v);

    [MethodImpl(Inline)]
    public static Lanes1 Equal(Lanes1 a, Lanes1 b) => If(a._v == b._v);

    [MethodImpl(Inline)]
    private static Lanes1 If(bool condition) => new(BitConverter.Int32BitsToSingle(condition ? -1 : 0));

    [MethodImpl(Inline)]
    public static Lanes1 Select(Lanes1 condition, Lanes1 yes, Lanes1 no) => BitConverter.SingleToInt32Bits(condition._v) != 0 ? yes : no;

    [MethodImpl(Inline)]
    public static Lanes1 CopySign(Lanes1 magnitude, Lanes1 sign) => new(MathF.CopySign(magnitude._v, sign._v));

    [MethodImpl(Inline)]
    public static Lanes1 Round(Lanes1 a) => new(MathF.Round(a._v));

    [MethodImpl(Inline)]
    public static Lanes1 PowerOfTwo(Lanes1 n) => new(BitConverter.Int32BitsToSingle(((int)n._v + 127) << 23));

    [MethodImpl(Inline)]
    public static Lanes1 Mantissa(Lanes1 a, out Lanes1 exponent)
    {
        int bits = BitConverter.SingleToInt32Bits(a._v), steps = (bits - LanesMath.RootOfHalf) >> 23;
        exponent = new(steps);
        return new(BitConverter.Int32BitsToSingle(bits - (steps << 23)));
    }

    [MethodImpl(Inline)]
    public static float Sum(Lanes1 a) => a._v;

    [MethodImpl(Inline)]
    public static float Greatest(Lanes1 a) => a._v;

    [MethodImpl(Inline)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride) => *to = *from;
}
