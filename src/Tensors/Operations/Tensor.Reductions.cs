using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>The sum of all elements.</summary>
    public Tensor Sum() => Sum(AxisSet.All(Rank), keep: false);

    /// <summary>The sums along the given axes, such as <c>[0, 1]</c> or <c>[-1]</c>.</summary>
    /// <param name="axes">Which axes; negative ones count from the end.</param>
    /// <param name="keep">Whether they stay with size 1 instead of going.</param>
    public Tensor Sum(ReadOnlySpan<int> axes, bool keep = false) => Sum(new AxisSet(axes, Shape), keep);

    /// <summary>The mean of all elements.</summary>
    public Tensor Mean() => Sum() * (1f / Count);

    /// <summary>The means along the given axes.</summary>
    /// <inheritdoc cref="Sum(ReadOnlySpan{int}, bool)"/>
    public Tensor Mean(ReadOnlySpan<int> axes, bool keep = false) => Sum(axes, keep) * (1f / new AxisSet(axes, Shape).Count(Shape));

    /// <summary>The greatest along an axis; of equal ones the first has the derivative.</summary>
    public Tensor Max(int axis, bool keep = false)
    {
        Tensor greatest = Gather(axis, ArgMax(axis, keep: true));
        return keep ? greatest : greatest.Squeeze(axis);
    }

    /// <summary>The greatest of all elements.</summary>
    public Tensor Max() => Reshape(-1).Max(0);

    /// <summary>The mean squared distance from the mean along the given axes.</summary>
    /// <param name="axes">Which axes.</param>
    /// <param name="correction">What is subtracted from the number of elements: 1 for a sample's variance, 0 for a population's.</param>
    /// <param name="keep">Whether the axes stay with size 1.</param>
    public Tensor Variance(ReadOnlySpan<int> axes, int correction = 1, bool keep = false) =>
        (this - Mean(axes, keep: true)).Square().Sum(axes, keep) * (1f / (new AxisSet(axes, Shape).Count(Shape) - correction));

    private Tensor Sum(AxisSet axes, bool keep)
    {
        Tensor sum = Reduce(axes);
        return Tape.Record(Derivatives.Sum, keep ? sum : sum.View(axes.Remove(Shape), Strided.Contiguous(axes.Remove(Shape)), 0), [this], new Attributes { Shape = axes.Keep(Shape) });
    }

    /// <summary>The sum along what this shape was repeated from another along.</summary>
    internal Tensor SumTo(in Shape shape)
    {
        if (shape == Shape) return this;
        int added = Rank - shape.Rank;
        AxisSet axes = default;
        for (int axis = 0; axis < Rank; axis++)
            if (axis < added || shape[axis - added] != Shape[axis]) axes = axes.With(axis);
        return Reduce(axes).View(shape, Strided.Contiguous(shape), 0);
    }

    /// <summary>Sums axes to size 1: neighbouring ones at once, from the last to the first.</summary>
    private Tensor Reduce(AxisSet axes)
    {
        Tensor x = Dense();
        for (int end = Rank; end > 0; end--)
        {
            if (!axes.Has(end - 1)) continue;
            int start = end - 1;
            while (start > 0 && axes.Has(start - 1)) start--;
            ReadOnlySpan<int> sizes = x.Shape.AsSpan();
            Shape shape = x.Shape;
            for (int axis = start; axis < end; axis++) shape = shape.With(axis, 1);
            Tensor y = x.NewLike(shape);
            Backend.Sum(x.Floats, y.Floats, Product(sizes[..start]), Product(sizes[start..end]), Product(sizes[end..]));
            GC.KeepAlive(x._cell);
            x = y;
            end = start + 1;
        }
        return x == this ? Detach() : x;
    }

    private static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes) product *= size;
        return product;
    }
}
