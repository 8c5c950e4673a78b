using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Scores of whole texts from what an encoder makes of their first tokens: (N, T, H) to (N, classes), before softmax; one class is a regression.</summary>
internal sealed class SequenceClassificationHead : TextHead
{
    private readonly FixableLinear? _pooler;
    private readonly Dropout _dropout;
    private readonly FixableLinear _last;

    /// <param name="encoder">What it stands on; names, the layer before the last one (BERT and RoBERTa) and dropout are of its family.</param>
    /// <param name="classes">How many scores a text has.</param>
    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal SequenceClassificationHead(EncoderDescription encoder, int classes, RandomSource random)
    {
        HeadNames names = encoder.Heads;
        if (names.Pooler is not null) _pooler = new FixableLinear(Add(names.Pooler, new Linear(encoder.HiddenSize, encoder.HiddenSize, random, activation: Activation.Tanh)).Normal(random));
        _dropout = Add("dropout", new Dropout(encoder.HeadDropout, random));
        Linear last = Add(names.Classes, new Linear(encoder.HiddenSize, classes, random));
        _last = new FixableLinear(_pooler is null ? last.Glorot(random) : last.Normal(random));
    }

    public override Tensor Forward(Tensor x)
    {
        Tensor first = x.Select(1, 0);
        return _last.Forward(_dropout.Forward(_pooler is null ? first : _pooler.Forward(first)));
    }

    internal override void Fix()
    {
        _pooler?.Fix();
        _last.Fix();
    }
}
