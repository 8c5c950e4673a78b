using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>A layer of BERT: attention and a feed-forward network, each added to what came in and normalized.</summary>
internal sealed class BertLayer : EncoderLayer
{
    private readonly SelfAttention _attention;
    private readonly FixableLinear _inner, _outer;
    private readonly LayerNorm _afterAttention, _afterOuter;
    private readonly Dropout _dropout;

    internal BertLayer(BertDescription description, RandomSource random)
    {
        (int size, int inner) = (description.Size, description.InnerSize);
        _attention = new SelfAttention(Map("attention.self.query", size, size), Map("attention.self.key", size, size), Map("attention.self.value", size, size),
            Map("attention.output.dense", size, size), description.HeadCount, description.AttentionDropout, random);
        _afterAttention = Add("attention.output.LayerNorm", new LayerNorm(size, description.Epsilon));
        _inner = new FixableLinear(Map("intermediate.dense", size, inner, description.Activation));
        _outer = new FixableLinear(Map("output.dense", inner, size));
        _afterOuter = Add("output.LayerNorm", new LayerNorm(size, description.Epsilon));
        _dropout = Add("dropout", new Dropout(description.Dropout, random));

        Linear Map(string name, int from, int to, Activation activation = Activation.None) => Add(name, new Linear(from, to, random, activation: activation)).Normal(random);
    }

    internal override Tensor Forward(Tensor x, in Padding padding)
    {
        x = _afterAttention.Forward(_dropout.Forward(_attention.Forward(x, padding, IsTraining)) + x);
        return _afterOuter.Forward(_dropout.Forward(_outer.Forward(_inner.Forward(x))) + x);
    }

    internal override void Fix()
    {
        _attention.Fix();
        _inner.Fix();
        _outer.Fix();
    }
}
