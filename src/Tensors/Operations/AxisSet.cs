namespace MLPipelines.Tensors;

/// <summary>Some of the axes of a shape.</summary>
internal readonly struct AxisSet
{
    private readonly uint _bits;

    private AxisSet(uint bits) => _bits = bits;

    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    internal AxisSet(ReadOnlySpan<int> axes, in Shape shape)
    {
        foreach (int axis in axes)
        {
            uint bit = 1u << shape.Axis(axis);
            if ((_bits & bit) != 0) throw new ArgumentException($"Axis {axis} of the shape {shape} is named twice.", nameof(axes));
            _bits |= bit;
        }
    }

    internal static AxisSet All(int rank) => new((1u << rank) - 1);

    internal AxisSet With(int axis) => new(_bits | 1u << axis);

    internal bool Has(int axis) => (_bits >> axis & 1) != 0;

    /// <summary>How many elements are along the axes.</summary>
    internal int Count(in Shape shape)
    {
        int count = 1;
        for (int axis = 0; axis < shape.Rank; axis++)
            if (Has(axis)) count *= shape[axis];
        return count;
    }

    /// <summary>The shape with these axes of size 1.</summary>
    internal Shape Keep(Shape shape)
    {
        for (int axis = 0; axis < shape.Rank; axis++)
            if (Has(axis)) shape = shape.With(axis, 1);
        return shape;
    }

    /// <summary>The shape without these axes.</summary>
    internal Shape Remove(Shape shape)
    {
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
            if (Has(axis)) shape = shape.Without(axis);
        return shape;
    }
}
