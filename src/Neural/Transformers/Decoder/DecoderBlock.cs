using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>x + attention(norm(x)), then x + feed-forward(norm(x)).</summary>
internal sealed class DecoderBlock : Module
{
    private readonly LayerNorm _norm1, _norm2;
    private readonly DecoderAttention _attention;
    private readonly FeedForward _feedForward;

    internal DecoderBlock(DecoderDescription description, int layer, RandomSource random)
    {
        _norm1 = Add("ln_1", new LayerNorm(description.HiddenSize, description.NormEpsilon));
        _attention = Add("attn", new DecoderAttention(description, layer, random));
        _norm2 = Add("ln_2", new LayerNorm(description.HiddenSize, description.NormEpsilon));
        _feedForward = Add("mlp", new FeedForward(description, random));
    }

    /// <param name="x">(N, T, C).</param>
    /// <param name="caches">As <see cref="DecoderAttention.Forward"/> takes them.</param>
    internal Tensor Forward(Tensor x, ReadOnlySpan<KeyValueCache> caches)
    {
        x += _attention.Forward(_norm1.Forward(x), caches);
        return x + _feedForward.Forward(_norm2.Forward(x));
    }

    private sealed class FeedForward : Module
    {
        private readonly TransposedLinear _inner, _outer;
        private readonly Dropout _dropout;

        internal FeedForward(DecoderDescription description, RandomSource random)
        {
            _inner = Add("c_fc", new TransposedLinear(description.HiddenSize, description.InnerSize, random, TextDecoder.Deviation, description.Activation));
            _outer = Add("c_proj", new TransposedLinear(description.InnerSize, description.HiddenSize, random, TextDecoder.DeviationOf(description)));
            _dropout = Add("dropout", new Dropout(description.Dropout, random));
        }

        internal Tensor Forward(Tensor x) => _dropout.Forward(_outer.Forward(_inner.Forward(x)));
    }
}
