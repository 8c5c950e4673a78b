namespace MLPipelines.Tensors.Cpu;

/// <summary>
/// Some numbers side by side, as many as one register holds. A kernel is written once over lanes; with <see cref="Lanes1"/> it is the plain
/// scalar one, with <see cref="Lanes8"/> and <see cref="Lanes16"/> those of the processor's vectors.
/// </summary>
/// <remarks>A comparison gives lanes of all bits or none, for <see cref="Select"/>.</remarks>
internal unsafe interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(float* source);

    /// <summary>The first numbers, zero in the other lanes; no memory beyond them is touched.</summary>
    static abstract TSelf Load(float* source, int count);

    /// <summary>Numbers of bfloat16: the upper halves of single-precision ones.</summary>
    static abstract TSelf Widen(ushort* source);

    /// <summary>Random bits as numbers from 0 to before 1, in steps of 2⁻²⁴.</summary>
    static abstract TSelf Fraction(uint* bits);

    static abstract void Store(TSelf lanes, float* destination);

    /// <summary>The first lanes; no memory beyond them is touched.</summary>
    static abstract void Store(TSelf lanes, float* destination, int count);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    static abstract TSelf Abs(TSelf a);

    /// <summary>The smaller; b where one of them is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The greater; b where one of them is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Less(TSelf a, TSelf b);

    static abstract TSelf Equal(TSelf a, TSelf b);

    static abstract TSelf Select(TSelf condition, TSelf yes, TSelf no);

    /// <summary>The magnitude of one with the sign of another.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>The nearest whole number, to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>2ⁿ for whole n from -126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>For a normal positive number, the exponent e and the number times 2⁻ᵉ, which lies in [√½, √2).</summary>
    static abstract TSelf Mantissa(TSelf a, out TSelf exponent);

    /// <summary>The sum of the lanes, in halves.</summary>
    static abstract float Sum(TSelf a);

    /// <summary>The greatest lane; none may be NaN.</summary>
    static abstract float Greatest(TSelf a);

    /// <summary>Exchanges rows and columns of a block of <see cref="Count"/> by <see cref="Count"/>.</summary>
    static abstract void Transpose(float* from, nint fromStride, float* to, nint toStride);
}
