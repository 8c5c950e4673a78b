using System.Runtime.CompilerServices;

namespace MLPipelines.Tensors.Cpu;

/// <summary>An activation as a type, so that loops over it are compiled by themselves.</summary>
internal interface IFunction
{
    static abstract T Value<T>(T x)
        where T : unmanaged, ILanes<T>;

    /// <summary>The derivative where the input is x, or where the output is y for those that name it so.</summary>
    static abstract T Derivative<T>(T x)
        where T : unmanaged, ILanes<T>;
}

internal readonly struct Identity : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : unmanaged, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : unmanaged, ILanes<T> => T.Broadcast(1);
}

internal readonly struct Relu : IFunction
{
    // NaN stays NaN: the second one is taken where one is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : unmanaged, ILanes<T> => T.Max(T.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : unmanaged, ILanes<T> => T.Select(T.Less(T.Zero, x), T.Broadcast(1), T.Zero);
}

internal readonly struct Gelu : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        T half = x * T.Broadcast(0.5f);
        return T.MultiplyAdd(half, LanesMath.Erf(x * T.Broadcast(0.70710678f)), half);
    }

    // Φ(x) + x φ(x)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        T distribution = T.MultiplyAdd(T.Broadcast(0.5f), LanesMath.Erf(x * T.Broadcast(0.70710678f)), T.Broadcast(0.5f));
        return T.MultiplyAdd(x * T.Broadcast(0.39894228f), LanesMath.Exp(x * x * T.Broadcast(-0.5f)), distribution);
    }
}

internal readonly struct GeluTanh : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : unmanaged, ILanes<T> => x * LanesMath.Sigmoid(Argument(x, x * x));

    // With u the argument of the sigmoid: σ(u) (1 + x u' (1 - σ(u)))
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        T square = x * x, sigmoid = LanesMath.Sigmoid(Argument(x, square));
        T slope = T.MultiplyAdd(square, T.Broadcast(0.21406445f), T.Broadcast(1.5957691f));
        return sigmoid * T.MultiplyAdd(x * slope, T.Broadcast(1) - sigmoid, T.Broadcast(1));
    }

    // (1 + tanh z) / 2 is σ(2 z).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Argument<T>(T x, T square)
        where T : unmanaged, ILanes<T> => x * T.MultiplyAdd(square, T.Broadcast(0.071354816f), T.Broadcast(1.5957691f));
}

internal readonly struct Silu : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : unmanaged, ILanes<T> => x * LanesMath.Sigmoid(x);

    // σ (1 + x (1 - σ))
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : unmanaged, ILanes<T>
    {
        T sigmoid = LanesMath.Sigmoid(x);
        return sigmoid * T.MultiplyAdd(x, T.Broadcast(1) - sigmoid, T.Broadcast(1));
    }
}

internal readonly struct Tanh : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : unmanaged, ILanes<T> => LanesMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T y)
        where T : unmanaged, ILanes<T> => T.Broadcast(1) - y * y;
}

internal readonly struct Sigmoid : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : unmanaged, ILanes<T> => LanesMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T y)
        where T : unmanaged, ILanes<T> => y * (T.Broadcast(1) - y);
}
