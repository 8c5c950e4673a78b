using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Attention of texts to themselves by several heads (Vaswani and others 2017), over layers that their owner has named: (N, T, H) to the same.</summary>
internal sealed class SelfAttention(Linear query, Linear key, Linear value, Linear output, int heads, float dropout, RandomSource random)
{
    internal Tensor Forward(Tensor x, in Padding padding, bool isTraining)
    {
        Tensor mixed = Divide(query.Forward(x)).Attention(Divide(key.Forward(x)), Divide(value.Forward(x)), padding.Mask, dropout: isTraining ? dropout : 0, random: random);
        return output.Forward(mixed.Reshape(x.Shape));
    }

    internal void Fix() { }

    private Tensor Divide(Tensor x) => x.Reshape(x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads);
}
