using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The elements in the same order as another shape. One size may be -1: what is left for it.</summary>
    /// <param name="sizes">The sizes, such as <c>64, -1</c>.</param>
    public Tensor Reshape(params ReadOnlySpan<int> sizes)
    {
        Shape shape = Fit(sizes);
        Tensor source = Contiguous();
        return Tape.Record(Derivatives.Reshape, source.View(shape, Strided.Contiguous(shape), 0), [source]);
    }

    /// <inheritdoc cref="Reshape(ReadOnlySpan{int})"/>
    internal Tensor Reshape(in Shape shape) => shape == Shape ? this : Reshape(shape.AsSpan());

    /// <summary>The view with two axes exchanged, by default the last two.</summary>
    public Tensor Transpose(int axis = -2, int other = -1)
    {
        Span<int> order = stackalloc int[Rank];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        (int first, int second) = (Shape.Axis(axis), Shape.Axis(other));
        (order[first], order[second]) = (second, first);
        return Permute(order);
    }

    /// <summary>The view with its axes in another order: axis i of it is axis <c>order[i]</c> of this tensor.</summary>
    public Tensor Permute(params ReadOnlySpan<int> order)
    {
        if (order.Length != Rank || new AxisSet(order, Shape).Count(Shape) != Count) throw new ArgumentException($"The order of axes of {Shape} names each once.", nameof(order));
        Span<int> sizes = stackalloc int[Rank], strides = stackalloc int[Rank], back = stackalloc int[Rank];
        for (int i = 0; i < order.Length; i++)
        {
            int axis = Shape.Axis(order[i]);
            (sizes[i], strides[i], back[axis]) = (Shape[axis], Cell.Strides[axis], i);
        }
        return Tape.Record(Derivatives.Permute, View(Shape.Of(sizes), Shape.OfAny(strides), 0), [this], new Attributes { Shape = Shape.OfAny(back) });
    }

    /// <summary>The view that repeats axes of size 1, and puts new ones in front, up to a shape.</summary>
    public Tensor Expand(Shape shape)
    {
        if (Shape.Broadcast(Shape, shape) != shape) throw new ArgumentException($"A tensor {Shape} cannot be repeated to {shape}.", nameof(shape));
        return shape == Shape ? this : Tape.Record(Derivatives.Copy, View(shape, Strided.Repeated(Shape, Cell.Strides, shape), 0), [this]);
    }

    /// <summary>The view with a new axis of size 1.</summary>
    public Tensor Unsqueeze(int axis) => Tape.Record(Derivatives.Reshape, View(Shape.Insert(axis, 1), Cell.Strides.Insert(axis, 0), 0), [this]);

    /// <summary>The view without an axis of size 1.</summary>
    public Tensor Squeeze(int axis)
    {
        if (Shape[axis] != 1) throw new ArgumentException($"Axis {axis} of {Shape} has not size 1.", nameof(axis));
        return Tape.Record(Derivatives.Reshape, View(Shape.Without(axis), Cell.Strides.Without(axis), 0), [this]);
    }

    /// <summary>The view of a part along an axis.</summary>
    public Tensor Slice(int axis, int start, int length)
    {
        axis = Shape.Axis(axis);
        if (start < 0 || length < 0 || start > Shape[axis] - length)
            throw new ArgumentOutOfRangeException(nameof(start), $"From {start} on there are no {length} along axis {axis} of {Shape}.");
        return Tape.Record(Derivatives.Slice, View(Shape.With(axis, length), Cell.Strides, start * Cell.Strides[axis]), [this], new Attributes { Axis = axis, Start = start });
    }

    /// <summary>The view of one position along an axis, without that axis.</summary>
    public Tensor Select(int axis, int index) => Slice(axis, index, 1).Squeeze(axis);

    /// <summary>The view of one item along the first axis.</summary>
    public Tensor this[int index] => Select(0, index);

    /// <summary>A copy with elements of its own.</summary>
    public Tensor Clone()
    {
        Tensor copy = New(Shape, Device, ElementType);
        copy.CopyFrom(this);
        return Tape.Record(Derivatives.Copy, copy, [this]);
    }

    /// <summary>The tensor with its elements in order without gaps: itself, or a copy.</summary>
    public Tensor Contiguous() => IsContiguous ? this : Clone();

    private Shape Fit(ReadOnlySpan<int> sizes)
    {
        int open = sizes.IndexOf(-1);
        Span<int> full = stackalloc int[sizes.Length];
        sizes.CopyTo(full);
        if (open >= 0)
        {
            full[open] = 1;
            int known = Shape.Of(full).Count;
            full[open] = known == 0 ? 0 : Count / known;
        }
        Shape shape = Shape.Of(full);
        if (shape.Count != Count) throw new ArgumentException($"The {Count} elements of a tensor {Shape} cannot have the shape ({string.Join(", ", sizes.ToArray())}).", nameof(sizes));
        return shape;
    }
}
