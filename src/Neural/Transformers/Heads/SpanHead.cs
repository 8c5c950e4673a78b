using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Two scores of each token: that the answer to a question begins there, and that it ends there. (N, T, H) to (N, T, 2), before softmax along the text.</summary>
internal sealed class SpanHead : TextHead
{
    private readonly Dropout _dropout;
    private readonly FixableLinear _last;

    /// <param name="encoder">What it stands on; names and dropout are of its family.</param>
    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal SpanHead(EncoderDescription encoder, RandomSource random)
    {
        _dropout = Add("dropout", new Dropout(encoder.HeadDropout, random));
        _last = new FixableLinear(Add(encoder.Heads.Spans, new Linear(encoder.HiddenSize, 2, random)).Normal(random));
    }

    public override Tensor Forward(Tensor x) => _last.Forward(_dropout.Forward(x));

    internal override void Fix() => _last.Fix();
}
