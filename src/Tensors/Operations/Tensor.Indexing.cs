using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The positions along an axis that the indices name, in their order.</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="indices">Int64 with one axis; each from 0 to before the size of the axis.</param>
    public Tensor IndexSelect(int axis, Tensor indices)
    {
        axis = Shape.Axis(axis);
        var lines = Lines.Of(Shape, axis, indices.Count);
        Tensor x = Dense(), at = indices.Dense(), y = NewLike(Shape.With(axis, indices.Count));
        ExpectBelow(at, Shape[axis]);
        Backend.SelectLines(lines, x.Floats, at.Integers, y.Floats);
        return Tape.Record(Derivatives.IndexSelect, y, [this, indices], new Attributes { Axis = axis });
    }

    /// <summary>The rows of a table: for indices of the shape (…) and a table (rows, size), the result is (…, size).</summary>
    /// <param name="indices">Int64, each from 0 to before the number of rows.</param>
    /// <param name="isSparse">Whether the gradient of the table is noted by rows, so that a step costs what the rows cost that it used: optimizers then leave the others as they are.</param>
    public Tensor Embed(Tensor indices, bool isSparse = false)
    {
        if (Rank != 2) throw new ArgumentException($"A table has rows and columns; this tensor is {Shape}.");
        Tensor at = indices.Dense(), table = Dense(), y = NewLike(indices.Shape.Insert(indices.Rank, Shape[1]));
        ExpectBelow(at, Shape[0]);
        Backend.SelectLines(new Lines(1, Shape[0], Shape[1], indices.Count), table.Floats, at.Integers, y.Floats);
        return Tape.Record(Derivatives.Embed, y, [this, indices], new Attributes { Flag = isSparse });
    }

    /// <summary>Element i of the result, along an axis, is the one that index i names: y[o, i, k] = x[o, indices[o, i, k], k].</summary>
    /// <param name="axis">Which axis.</param>
    /// <param name="indices">Int64 of the same shape but for that axis; each from 0 to before its size.</param>
    public Tensor Gather(int axis, Tensor indices)
    {
        axis = Shape.Axis(axis);
        ExpectIndices(axis, indices);
        Tensor x = Dense(), at = indices.Dense(), y = NewLike(indices.Shape);
        ExpectBelow(at, Shape[axis]);
        Backend.Gather(Lines.Of(Shape, axis, indices.Shape[axis]), x.Floats, at.Integers, y.Floats);
        return Tape.Record(Derivatives.Gather, y, [this, indices], new Attributes { Axis = axis });
    }

    /// <summary>Adds each element of <paramref name="source"/> to the one of this tensor that its index names, and gives the result: y[o, indices[o, i, k], k] += source[o, i, k].</summary>
    public Tensor ScatterAdd(int axis, Tensor indices, Tensor source)
    {
        axis = Shape.Axis(axis);
        ExpectIndices(axis, indices);
        if (source.Shape != indices.Shape) throw new ArgumentException($"There are indices {indices.Shape} for elements {source.Shape}.", nameof(source));
        Tensor at = indices.Dense(), x = source.Dense(), y = NewLike(Shape);
        ExpectBelow(at, Shape[axis]);
        y.CopyFrom(this);
        Backend.ScatterAdd(Lines.Of(Shape, axis, indices.Shape[axis]), x.Floats, at.Integers, y.Floats);
        return Tape.Record(Derivatives.ScatterAdd, y, [this, indices, source], new Attributes { Axis = axis });
    }

    /// <summary>The index of the greatest along an axis; the first of equal ones.</summary>
    public Tensor ArgMax(int axis = -1, bool keep = false)
    {
        axis = Shape.Axis(axis);
        if (Shape[axis] == 0) throw new ArgumentException($"There is no greatest along axis {axis} of {Shape}.", nameof(axis));
        Tensor x = Dense(), y = New(Shape.With(axis, 1), Device, ElementType.Int64);
        Backend.ArgMax(Lines.Of(Shape, axis, 1), x.Floats, y.Integers);
        Tape.Record(Derivatives.Constant, y, [this]);
        return keep ? y : y.Squeeze(axis);
    }

    /// <summary>What <see cref="IndexSelect"/> took, added back to zeros of a shape.</summary>
    internal Tensor AddLines(in Shape shape, int axis, Tensor indices)
    {
        Tensor y = Zeros(shape, Device), at = indices.Dense(), x = Dense();
        Backend.AddLines(Lines.Of(shape, axis, indices.Count), x.Floats, at.Integers, y.Floats);
        return y;
    }

    private void ExpectIndices(int axis, Tensor indices)
    {
        if (indices.Rank != Rank || indices.Shape.With(axis, 0) != Shape.With(axis, 0))
            throw new ArgumentException($"The indices {indices.Shape} do not fit {Shape}: all sizes but that of axis {axis} are to be the same.", nameof(indices));
    }

    private static void ExpectBelow(Tensor indices, int end, bool mayBeLeftOut = false)
    {
        int found = indices.Backend.FirstOutside(indices.Integers, indices.Count, end, mayBeLeftOut);
        if (found >= 0) throw new ArgumentOutOfRangeException(nameof(indices), $"Index {indices.Integers[found]} at position {found} is not from 0 to {end - 1}.");
    }
}
