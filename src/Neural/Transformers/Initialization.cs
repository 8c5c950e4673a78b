using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>The numbers that the layers of encoders begin with.</summary>
internal static class Initialization
{
    /// <summary>A normal distribution around 0.</summary>
    internal static void Normal(this Tensor tensor, RandomSource random, float deviation)
    {
        using var step = new Step();
        tensor.CopyFrom(Tensor.Normal(tensor.Shape, random, 0, deviation));
    }

    /// <summary>Weights by a normal distribution, biases 0.</summary>
    internal static Linear Normal(this Linear layer, RandomSource random, float deviation = 0.02f)
    {
        layer.Weight.Normal(random, deviation);
        layer.Bias.Fill(0);
        return layer;
    }

    /// <summary>Weights by a uniform distribution that keeps the variance forward and back (Glorot and Bengio 2010), biases 0.</summary>
    internal static Linear Glorot(this Linear layer, RandomSource random, float gain = 1)
    {
        using var step = new Step();
        float bound = gain * MathF.Sqrt(6f / (layer.Weight.Shape[0] + layer.Weight.Shape[1]));
        layer.Weight.CopyFrom(Tensor.Uniform(layer.Weight.Shape, random, -bound, bound));
        layer.Bias.Fill(0);
        return layer;
    }

    /// <summary>Rows by a normal distribution, that of the padding 0.</summary>
    internal static Embedding Normal(this Embedding table, RandomSource random, float deviation, int padding)
    {
        table.Weight.Normal(random, deviation);
        if (padding >= 0 && padding < table.Weight.Shape[0]) table.Weight[padding].Fill(0);
        return table;
    }
}
