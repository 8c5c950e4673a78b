using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Attention of texts to themselves by several heads (Vaswani and others 2017), over layers that their owner has named: (N, T, H) to the same.</summary>
internal sealed class SelfAttention(Linear query, Linear key, Linear value, Linear output, int heads, float dropout, RandomSource random)
{
    private readonly FixableLinear _query = new(query), _key = new(key), _value = new(value), _output = new(output);

    internal Tensor Forward(Tensor x, in Padding padding, bool isTraining)
    {
        Tensor mixed = Divide(_query.Forward(x)).Attention(Divide(_key.Forward(x)), Divide(_value.Forward(x)), padding.Mask, dropout: isTraining ? dropout : 0, random: random);
        return _output.Forward(mixed.Reshape(x.Shape));
    }

    internal void Fix()
    {
        foreach (FixableLinear layer in (ReadOnlySpan<FixableLinear>)[_query, _key, _value, _output]) layer.Fix();
    }

    private Tensor Divide(Tensor x) => x.Reshape(x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads);
}
