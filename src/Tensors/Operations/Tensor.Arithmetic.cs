using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    // Shapes go together by broadcasting: sizes are compared from the last, and a size of 1 or none is repeated.
    public static Tensor operator +(Tensor a, Tensor b) => Map(BinaryFunction.Add, Derivatives.Add, a, b);

    public static Tensor operator -(Tensor a, Tensor b) => Map(BinaryFunction.Subtract, Derivatives.Subtract, a, b);

    public static Tensor operator *(Tensor a, Tensor b) => Map(BinaryFunction.Multiply, Derivatives.Multiply, a, b);

    public static Tensor operator /(Tensor a, Tensor b) => Map(BinaryFunction.Divide, Derivatives.Divide, a, b);

    public static Tensor operator -(Tensor a) => Map(UnaryFunction.Negate, Derivatives.Negate, a);

    private static Tensor Map(UnaryFunction function, Operation operation, Tensor x, in Attributes with = default)
    {
        Tensor dense = x.Dense(), y = x.NewLike(x.Shape);
        x.Backend.Map(function, dense.Floats, y.Floats, y.Count);
        return Tape.Record(operation, y, [x], with);
    }

    private static Tensor Map(BinaryFunction function, Operation operation, Tensor a, Tensor b)
    {
        Tensor y = a.NewLike(Shape.Broadcast(a.Shape, b.Shape));
        var way = new StridedPair(y.Shape, Strided.Repeated(a.Shape, a.Cell.Strides, y.Shape), Strided.Repeated(b.Shape, b.Cell.Strides, y.Shape));
        a.Backend.Map(function, a.Floats, b.Floats, y.Floats, way);
        return Tape.Record(operation, y, [a, b]);
    }

    /// <summary>Adds a tensor of the same shape, in place.</summary>
    internal void AddInPlace(Tensor other)
    {
        Backend.Map(BinaryFunction.Add, Floats, other.Floats, Floats, new StridedPair(Shape, Cell.Strides, other.Cell.Strides));
        GC.KeepAlive(other._cell);
    }
}
