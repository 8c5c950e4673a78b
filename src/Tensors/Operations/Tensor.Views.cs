using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The elements in the same order as another shape. One size may be -1: what is left for it.</summary>
    /// <param name="sizes">The sizes, such as <c>[64, -1]</c>.</param>
    public Tensor Reshape(params ReadOnlySpan<int> sizes)
    {
        Shape shape = Fit(sizes);
        Tensor source = IsContiguous ? this : Clone();
        return source == this
            ? Tape.Record(Derivatives.Reshape, View(shape, Strided.Contiguous(shape), 0), [this])
            : Tape.Record(Derivatives.Reshape, source.View(shape, Strided.Contiguous(shape), 0), [source]);
    }

    /// <inheritdoc cref="Reshape(ReadOnlySpan{int})"/>
    internal Tensor Reshape(in Shape shape) => Reshape(shape.AsSpan());

    /// <summary>The view with two axes exchanged, by default the last two.</summary>
    public Tensor Transpose(int axis = -2, int other = -1)
    {
        (int first, int second) = (Shape.Axis(axis), Shape.Axis(other));
        return Tape.Record(Derivatives.Transpose, View(Exchange(Shape, first, second), Exchange(Cell.Strides, first, second), 0), [this],
            new Attributes { Axis = first, Axis2 = second });
    }

    /// <summary>The view that repeats axes of size 1, and puts new ones in front, up to a shape.</summary>
    public Tensor Expand(Shape shape)
    {
        if (Shape.Broadcast(Shape, shape) != shape) throw new ArgumentException($"A tensor {Shape} cannot be repeated to {shape}.", nameof(shape));
        return Tape.Record(Derivatives.Expand, View(shape, Strided.Repeated(Shape, Cell.Strides, shape), 0), [this]);
    }

    /// <summary>A copy with elements of its own.</summary>
    public Tensor Clone()
    {
        Tensor copy = New(Shape, Device, ElementType);
        copy.CopyFrom(this);
        return Tape.Record(Derivatives.Copy, copy, [this]);
    }

    /// <summary>The tensor with its elements in order without gaps: itself, or a copy.</summary>
    public Tensor Contiguous() => IsContiguous ? this : Clone();

    private static Shape Exchange(in Shape values, int first, int second)
    {
        Span<int> exchanged = stackalloc int[values.Rank];
        values.AsSpan().CopyTo(exchanged);
        (exchanged[first], exchanged[second]) = (exchanged[second], exchanged[first]);
        return Shape.OfAny(exchanged);
    }

    private Shape Fit(ReadOnlySpan<int> sizes)
    {
        int open = sizes.IndexOf(-1), known = 1;
        Shape shape;
        if (open < 0)
        {
            shape = Shape.Of(sizes);
        }
        else
        {
            Span<int> full = stackalloc int[sizes.Length];
            sizes.CopyTo(full);
            full[open] = 1;
            known = Shape.Of(full).Count;
            full[open] = known == 0 ? 0 : Count / known;
            shape = Shape.Of(full);
        }
        if (shape.Count != Count) throw new ArgumentException($"The {Count} elements of a tensor {Shape} cannot have the shape ({string.Join(", ", sizes.ToArray())}).", nameof(sizes));
        return shape;
    }
}
