namespace MLPipelines.Tensors.Layers;

/// <summary>The numbers that parameters begin with; those of PyTorch.</summary>
internal static class Initial
{
    /// <summary>Uniform within 1 / √inputs, as LeCun and others (1998) have it.</summary>
    internal static Tensor Uniform(Shape shape, int inputs, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        float bound = 1 / MathF.Sqrt(Math.Max(inputs, 1));
        return Tensor.Uniform(shape, random, -bound, bound);
    }
}
