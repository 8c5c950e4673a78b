namespace MLPipelines.Tensors.Memory;

/// <summary>The way of an operation on two inputs through both, repeated to one shape, with neighbouring axes joined where that serves both.</summary>
internal readonly struct StridedPair
{
    internal readonly Shape Sizes, Left, Right;

    internal StridedPair(in Shape shape, in Shape left, in Shape right)
    {
        Span<int> sizes = stackalloc int[Shape.MaxRank], a = stackalloc int[Shape.MaxRank], b = stackalloc int[Shape.MaxRank];
        int rank = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int size = shape[axis];
            if (size == 1) continue;
            if (rank > 0 && a[rank - 1] == left[axis] * size && b[rank - 1] == right[axis] * size)
                (sizes[rank - 1], a[rank - 1], b[rank - 1]) = (sizes[rank - 1] * size, left[axis], right[axis]);
            else
                (sizes[rank], a[rank], b[rank++]) = (size, left[axis], right[axis]);
        }
        Sizes = Shape.OfAny(sizes[..rank]);
        Left = Shape.OfAny(a[..rank]);
        Right = Shape.OfAny(b[..rank]);
    }
}
