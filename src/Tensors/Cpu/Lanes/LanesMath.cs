using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>Functions of lanes that are worked out alike for every width. Errors are the greatest seen against double precision, in units of the last place.</summary>
/// <remarks>The polynomials come from tests/Tensors.Tests/Cpu/Math/fit_polynomials.py.</remarks>
internal static class LanesMath
{
    /// <summary>The bits of √½.</summary>
    internal const int RootOfHalf = 0x3F3504F3;

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // ln 2 as a number of few bits, whose products with whole numbers are exact, and the rest.
    private const float UpperLog2 = 0.693359375f, LowerLog2 = -2.12194440e-4f;

    /// <summary>eˣ, within 1 unit; 0 and ∞ where it leaves the range.</summary>
    [MethodImpl(Inline)]
    internal static T Exp<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        // The second one is taken where one is NaN.
        x = T.Max(T.Broadcast(-104), T.Min(T.Broadcast(89), x));
        T p = Mantissa(x, out T n);
        // 2ⁿ in two factors, since n goes from -150 to 128.
        T half = T.Round(n * T.Broadcast(0.5f));
        return p * T.PowerOfTwo(half) * T.PowerOfTwo(n - half);
    }

    /// <summary>eˣ for x from -87 to 88.</summary>
    [MethodImpl(Inline)]
    private static T ExpOfSmall<T>(T x)
        where T : unmanaged, ILanes<T> => Mantissa(x, out T n) * T.PowerOfTwo(n);

    // eˣ = p 2ⁿ
    [MethodImpl(Inline)]
    private static T Mantissa<T>(T x, out T n)
        where T : unmanaged, ILanes<T>
    {
        n = T.Round(x * T.Broadcast(1.44269504f));
        T r = T.MultiplyAdd(n, T.Broadcast(-LowerLog2), T.MultiplyAdd(n, T.Broadcast(-UpperLog2), x));
        T p = T.MultiplyAdd(T.Broadcast(1.978926157e-04f), r, T.Broadcast(1.394575229e-03f));
        p = T.MultiplyAdd(p, r, T.Broadcast(8.333504200e-03f));
        p = T.MultiplyAdd(p, r, T.Broadcast(4.166628048e-02f));
        p = T.MultiplyAdd(p, r, T.Broadcast(1.666666567e-01f));
        p = T.MultiplyAdd(p, r, T.Broadcast(0.5f));
        return T.MultiplyAdd(p, r * r, r) + T.Broadcast(1);
    }

    /// <summary>The natural logarithm, within 1.2 units; -∞ of 0 and NaN of negative numbers.</summary>
    [MethodImpl(Inline)]
    internal static T Log<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        // Subnormal numbers are made normal first.
        T isSmall = T.Less(x, T.Broadcast(1.17549435e-38f));
        T f = T.Mantissa(T.Select(isSmall, x * T.Broadcast(8388608), x), out T exponent) - T.Broadcast(1);
        exponent -= T.Select(isSmall, T.Broadcast(23), T.Zero);
        T p = T.MultiplyAdd(T.Broadcast(6.746638566e-02f), f, T.Broadcast(-1.167565137e-01f));
        p = T.MultiplyAdd(p, f, T.Broadcast(1.188816279e-01f));
        p = T.MultiplyAdd(p, f, T.Broadcast(-1.240558922e-01f));
        p = T.MultiplyAdd(p, f, T.Broadcast(1.421955228e-01f));
        p = T.MultiplyAdd(p, f, T.Broadcast(-1.666799635e-01f));
        p = T.MultiplyAdd(p, f, T.Broadcast(2.000211924e-01f));
        p = T.MultiplyAdd(p, f, T.Broadcast(-2.500000894e-01f));
        p = T.MultiplyAdd(p, f, T.Broadcast(3.333331347e-01f));
        T square = f * f;
        p = T.MultiplyAdd(exponent, T.Broadcast(LowerLog2), p * (square * f));
        p = T.MultiplyAdd(T.Broadcast(-0.5f), square, p);
        T result = T.MultiplyAdd(exponent, T.Broadcast(UpperLog2), f + p);
        result = T.Select(T.Less(x, T.Broadcast(float.PositiveInfinity)), result, x);
        result = T.Select(T.Equal(x, T.Zero), T.Broadcast(float.NegativeInfinity), result);
        return T.Select(T.Less(x, T.Zero), T.Broadcast(float.NaN), result);
    }

    /// <summary>The hyperbolic tangent, within 1.5 units.</summary>
    [MethodImpl(Inline)]
    internal static T Tanh<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        T z = x * x, size = T.Abs(x);
        T p = T.MultiplyAdd(T.Broadcast(2.142962068e-03f), z, T.Broadcast(-8.177398704e-03f));
        p = T.MultiplyAdd(p, z, T.Broadcast(2.170070261e-02f));
        p = T.MultiplyAdd(p, z, T.Broadcast(-5.394676328e-02f));
        p = T.MultiplyAdd(p, z, T.Broadcast(1.333320588e-01f));
        p = T.MultiplyAdd(p, z, T.Broadcast(-3.333333135e-01f));
        T near = T.MultiplyAdd(p * z, x, x);
        T far = T.Broadcast(1) - T.Broadcast(2) / (Exp(size + size) + T.Broadcast(1));
        return T.Select(T.Less(size, T.Broadcast(0.625f)), near, T.CopySign(far, x));
    }

    /// <summary>1 / (1 + e⁻ˣ), within 2.5 units.</summary>
    [MethodImpl(Inline)]
    internal static T Sigmoid<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        // e of a negative number: nothing overflows, and what is small keeps its digits.
        T e = Exp(T.Zero - T.Abs(x));
        return T.Select(T.Less(x, T.Zero), e, T.Broadcast(1)) / (T.Broadcast(1) + e);
    }

    /// <summary>The error function, within 1.5 units.</summary>
    [MethodImpl(Inline)]
    internal static T Erf<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        T z = x * x, size = T.Abs(x);
        T p = T.MultiplyAdd(T.Broadcast(7.853896386e-05f), z, T.Broadcast(-8.010205347e-04f));
        p = T.MultiplyAdd(p, z, T.Broadcast(5.188329145e-03f));
        p = T.MultiplyAdd(p, z, T.Broadcast(-2.685381286e-02f));
        p = T.MultiplyAdd(p, z, T.Broadcast(1.128358543e-01f));
        p = T.MultiplyAdd(p, z, T.Broadcast(-3.761262596e-01f));
        p = T.MultiplyAdd(p, z, T.Broadcast(1.283791661e-01f));
        T near = T.MultiplyAdd(p, x, x);
        // Beyond 4 it is 1, and the polynomial of -ln erfc holds up to there.
        T t = T.Min(T.Broadcast(4.1f), size);
        T q = T.MultiplyAdd(T.Broadcast(-4.622501137e-08f), t, T.Broadcast(2.236092041e-05f));
        q = T.MultiplyAdd(q, t, T.Broadcast(-4.455519083e-04f));
        q = T.MultiplyAdd(q, t, T.Broadcast(4.219331313e-03f));
        q = T.MultiplyAdd(q, t, T.Broadcast(-2.523997240e-02f));
        q = T.MultiplyAdd(q, t, T.Broadcast(1.084613353e-01f));
        q = T.MultiplyAdd(q, t, T.Broadcast(6.331845522e-01f));
        q = T.MultiplyAdd(q, t, T.Broadcast(1.129594803e+00f));
        q = T.MultiplyAdd(q, t, T.Broadcast(-1.913072047e-04f));
        T far = T.Broadcast(1) - ExpOfSmall(T.Zero - q);
        return T.Select(T.Less(size, T.Broadcast(1)), near, T.CopySign(far, x));
    }

    /// <summary>1 in the first lanes and 0 in the others.</summary>
    [MethodImpl(Inline)]
    internal static unsafe T First<T>(int count)
        where T : unmanaged, ILanes<T>
    {
        ReadOnlySpan<float> ones = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        return T.Load((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in ones[0])), count);
    }

    /// <summary>Whole lanes, or the first of them; which, is known when the kernel is compiled.</summary>
    [MethodImpl(Inline)]
    internal static unsafe T Load<T>(float* source, int count, bool isWhole)
        where T : unmanaged, ILanes<T> => isWhole ? T.Load(source) : T.Load(source, count);

    [MethodImpl(Inline)]
    internal static unsafe void Store<T>(T lanes, float* destination, int count, bool isWhole)
        where T : unmanaged, ILanes<T>
    {
        if (isWhole) T.Store(lanes, destination);
        else T.Store(lanes, destination, count);
    }
}
