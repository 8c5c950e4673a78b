using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>A part of an encoder: (N, T, H) to the same.</summary>
internal abstract class EncoderLayer : Module
{
    internal abstract Tensor Forward(Tensor x, in Padding padding);

    /// <summary>Prepares predictions: the numbers do not change any more, and no derivatives are asked for.</summary>
    internal abstract void Fix();

    /// <summary>Layers one after the other. Where no derivatives are wanted, what a layer made is given back as soon as the next has taken it.</summary>
    internal static Tensor Run<TLayer>(List<TLayer> layers, Tensor x, in Padding padding)
        where TLayer : EncoderLayer
    {
        if (!NoGradient.IsOpen)
        {
            foreach (TLayer layer in layers) x = layer.Forward(x, padding);
            return x;
        }
        using var all = new Step();
        foreach (TLayer layer in layers)
        {
            Tensor next = Alone(layer, x, padding);
            if (all.Owns(x)) x.Release();
            x = next;
        }
        return all.Return(x);
    }

    private static Tensor Alone(EncoderLayer layer, Tensor x, in Padding padding)
    {
        using var step = new Step();
        return step.Return(layer.Forward(x, padding));
    }
}
