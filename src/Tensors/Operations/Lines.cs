namespace MLPipelines.Tensors;

/// <summary>A tensor as (outer, size, inner), the middle axis being the one that indices, of which there are <paramref name="Count"/>, go along.</summary>
internal readonly record struct Lines(int Outer, int Size, int Inner, int Count)
{
    internal static Lines Of(in Shape shape, int axis, int count)
    {
        int outer = 1, inner = 1;
        for (int i = 0; i < axis; i++) outer *= shape[i];
        for (int i = axis + 1; i < shape.Rank; i++) inner *= shape[i];
        return new Lines(outer, shape[axis], inner, count);
    }
}
