using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>Tensors one after the other along an axis; their other sizes are the same.</summary>
    public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.IsEmpty) throw new ArgumentException("There is nothing to put together.", nameof(tensors));
        Tensor first = tensors[0];
        axis = first.Shape.Axis(axis);
        int size = 0;
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Rank != first.Rank || tensor.Shape.With(axis, 0) != first.Shape.With(axis, 0))
                throw new ArgumentException($"Tensors {first.Shape} and {tensor.Shape} cannot be put together along axis {axis}: their other sizes differ.", nameof(tensors));
            tensor.Expect(first.ElementType);
            size += tensor.Shape[axis];
        }
        Tensor all = New(first.Shape.With(axis, size), first.Device, first.ElementType);
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            all.Put(tensor, axis, start);
            start += tensor.Shape[axis];
        }
        return Tape.Record(Derivatives.Concat, all, tensors, new Attributes { Axis = axis });
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> tensors)
    {
        Tensor[] expanded = new Tensor[tensors.Length];
        for (int i = 0; i < tensors.Length; i++) expanded[i] = tensors[i].Unsqueeze(axis);
        return Concat(axis < 0 ? axis + tensors[0].Rank + 1 : axis, expanded);
    }

    /// <summary>Views of the parts of an axis: part i takes <c>sizes[i]</c>.</summary>
    public Tensor[] Split(int axis, params ReadOnlySpan<int> sizes)
    {
        Tensor[] parts = new Tensor[sizes.Length];
        int start = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            parts[i] = Slice(axis, start, sizes[i]);
            start += sizes[i];
        }
        return start == Shape[axis] ? parts : throw new ArgumentException($"The parts have {start} together, axis {axis} of {Shape} has {Shape[axis]}.", nameof(sizes));
    }

    /// <summary>A tensor of zeros with another size along one axis, and this tensor from a start on.</summary>
    internal Tensor PutIntoZeros(int axis, int start, int size)
    {
        Tensor all = Zeros(Shape.With(axis, size), Device);
        all.Put(this, axis, start);
        return all;
    }

    /// <summary>Sets a part along an axis, in place; this tensor has no gaps.</summary>
    internal void Put(Tensor part, int axis, int start)
    {
        Tensor dense = part.Dense();
        Shape strides = Cell.Strides;
        Backend.Place(dense.Pointer, Pointer + (long)start * strides[axis] * ElementType.Size(), ElementType.Size(), new Strided(part.Shape, strides));
        GC.KeepAlive(dense._cell);
    }
}
