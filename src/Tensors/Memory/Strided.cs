namespace MLPipelines.Tensors.Memory;

/// <summary>The way of a view through its storage: sizes and strides in elements, with neighbouring axes joined where one stride serves both.</summary>
internal readonly struct Strided
{
    internal readonly Shape Sizes, Strides;

    internal Strided(in Shape shape, in Shape strides)
    {
        Span<int> sizes = stackalloc int[Shape.MaxRank], joined = stackalloc int[Shape.MaxRank];
        int rank = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1) continue;
            if (rank > 0 && joined[rank - 1] == strides[axis] * shape[axis])
                (sizes[rank - 1], joined[rank - 1]) = (sizes[rank - 1] * shape[axis], strides[axis]);
            else
                (sizes[rank], joined[rank++]) = (shape[axis], strides[axis]);
        }
        Sizes = Shape.OfAny(sizes[..rank]);
        Strides = Shape.OfAny(joined[..rank]);
    }

    internal static Shape Contiguous(in Shape shape)
    {
        Span<int> strides = stackalloc int[shape.Rank];
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return Shape.OfAny(strides);
    }

    internal static bool IsContiguous(in Shape shape, in Shape strides)
    {
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (shape[axis] == 1) continue;
            if (strides[axis] != stride) return false;
            stride *= shape[axis];
        }
        return true;
    }

    /// <summary>Strides by which a view is read as if it had the wider shape: 0 along repeated axes.</summary>
    internal static Shape Repeated(in Shape shape, in Shape strides, in Shape wider)
    {
        Span<int> repeated = stackalloc int[wider.Rank];
        for (int back = 1; back <= wider.Rank; back++)
            repeated[^back] = back <= shape.Rank && shape[-back] != 1 ? strides[-back] : 0;
        return Shape.OfAny(repeated);
    }
}
