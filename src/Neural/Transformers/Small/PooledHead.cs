using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Scores of whole texts from the greatest of each number along them: (N, T, H) to (N, classes), before softmax.</summary>
internal sealed class PooledHead : Layer
{
    /// <summary>The most tokens that networks take which have no table of positions.</summary>
    internal const int MaxTokens = 4096;

    private readonly Dropout _dropout;
    private readonly Linear _last;

    /// <inheritdoc cref="SequenceClassificationHead(EncoderDescription, int, RandomSource)"/>
    internal PooledHead(EncoderDescription encoder, int classes, RandomSource random)
    {
        _dropout = Add("dropout", new Dropout(encoder.HeadDropout, random));
        _last = Add(encoder.Heads.Classes, new Linear(encoder.HiddenSize, classes, random)).Glorot(random);
    }

    public override Tensor Forward(Tensor x) => _last.Forward(_dropout.Forward(x.Max(1)));
}
