namespace MLPipelines.Tensors;

/// <summary>A number for the height and one for the width; a single number stands for both.</summary>
public readonly record struct Pair(int Height, int Width)
{
    public static implicit operator Pair(int both) => new(both, both);

    public static Pair FromInt32(int both) => both;
}
