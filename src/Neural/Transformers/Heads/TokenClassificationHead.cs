using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Scores of each token, such as those of kinds of names: (N, T, H) to (N, T, classes), before softmax.</summary>
internal sealed class TokenClassificationHead : TextHead
{
    private readonly Dropout _dropout;
    private readonly FixableLinear _last;

    /// <param name="encoder">What it stands on; names and dropout are of its family.</param>
    /// <param name="classes">How many scores a token has.</param>
    /// <param name="random">Draws the first weights, and what dropout leaves out.</param>
    internal TokenClassificationHead(EncoderDescription encoder, int classes, RandomSource random)
    {
        _dropout = Add("dropout", new Dropout(encoder.HeadDropout, random));
        _last = new FixableLinear(Add(encoder.Heads.TokenClasses, new Linear(encoder.HiddenSize, classes, random)).Glorot(random));
    }

    public override Tensor Forward(Tensor x) => _last.Forward(_dropout.Forward(x));

    internal override void Fix() => _last.Fix();
}
