using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    public Tensor Exp() => Map(UnaryFunction.Exp, Derivatives.Exp, this);

    /// <summary>The natural logarithm.</summary>
    public Tensor Log() => Map(UnaryFunction.Log, Derivatives.Log, this);

    public Tensor Sqrt() => Map(UnaryFunction.Sqrt, Derivatives.Sqrt, this);

    public Tensor Square() => Map(UnaryFunction.Square, Derivatives.Square, this);

    public Tensor Abs() => Map(UnaryFunction.Abs, Derivatives.Abs, this);

    public Tensor Sin() => Map(UnaryFunction.Sin, Derivatives.Sin, this);

    public Tensor Cos() => Map(UnaryFunction.Cos, Derivatives.Cos, this);

    /// <summary>1, -1 or 0.</summary>
    public Tensor Sign() => Map(UnaryFunction.Sign, Derivatives.Constant, this);

    /// <summary>Each to the power of the exponent.</summary>
    public Tensor Pow(Tensor exponent) => Map(BinaryFunction.Power, Derivatives.Power, this, exponent);

    /// <summary>The greater of each two; of equal ones this one has the derivative.</summary>
    public Tensor Maximum(Tensor other) => Map(BinaryFunction.Maximum, Derivatives.Maximum, this, other);

    /// <summary>The smaller of each two; of equal ones this one has the derivative.</summary>
    public Tensor Minimum(Tensor other) => Map(BinaryFunction.Minimum, Derivatives.Minimum, this, other);

    /// <summary>What is below <paramref name="low"/> or above <paramref name="high"/> becomes that.</summary>
    public Tensor Clamp(float low, float high) => Maximum(low).Minimum(high);

    // Comparisons give 1 where they hold and 0 elsewhere.
    public static Tensor operator >(Tensor a, Tensor b) => Map(BinaryFunction.Greater, Derivatives.Constant, a, b);

    public static Tensor operator <(Tensor a, Tensor b) => b > a;

    public static Tensor operator >=(Tensor a, Tensor b) => Map(BinaryFunction.GreaterOrEqual, Derivatives.Constant, a, b);

    public static Tensor operator <=(Tensor a, Tensor b) => b >= a;

    /// <summary>1 where two are equal and 0 elsewhere. (The operator == compares handles.)</summary>
    public Tensor EqualTo(Tensor other) => Map(BinaryFunction.Equal, Derivatives.Constant, this, other);

    /// <summary>The elements of <paramref name="a"/> where the mask is not 0, and those of <paramref name="b"/> elsewhere.</summary>
    public static Tensor Where(Tensor mask, Tensor a, Tensor b)
    {
        Shape shape = Shape.Broadcast(mask.Shape, Shape.Broadcast(a.Shape, b.Shape));
        Tensor choices = mask.Repeated(shape), left = a.Repeated(shape), right = b.Repeated(shape), y = a.NewLike(shape);
        a.Backend.Select(choices.Floats, left.Floats, right.Floats, y.Floats, y.Count);
        return Tape.Record(Derivatives.Where, y, [mask, a, b]);
    }

    /// <summary>While training, sets elements to 0 with a probability and scales the others so that the expectation stays (Srivastava and others 2014).</summary>
    /// <param name="rate">The probability, from 0 to before 1.</param>
    /// <param name="random">Decides which.</param>
    public Tensor Dropout(float rate, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!(rate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), $"A dropout rate lies in [0, 1), not at {rate}.");
        return rate == 0 ? this : Dropout(rate, random.Take(Count));
    }

    internal Tensor Dropout(float rate, RandomStream stream)
    {
        Tensor x = Dense(), y = NewLike(Shape);
        Backend.Dropout(x.Floats, y.Floats, y.Count, stream, rate);
        return Tape.Record(Derivatives.Dropout, y, [this], new Attributes { Number = rate, Stream = stream });
    }

    /// <summary>The same numbers as another type.</summary>
    public Tensor To(ElementType type)
    {
        if (type == ElementType) return this;
        Tensor x = Dense(), y = New(Shape, Device, type);
        Backend.Convert(x.Pointer, ElementType, y.Pointer, type, y.Count);
        return Tape.Record(type == ElementType.Int64 ? Derivatives.Constant : Derivatives.Copy, y, [this]);
    }
}
