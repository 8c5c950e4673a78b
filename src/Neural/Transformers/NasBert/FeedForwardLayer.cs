using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>Two linear layers of NAS-BERT with four times the width between them, added to what came in and normalized.</summary>
internal sealed class FeedForwardLayer : EncoderLayer
{
    private readonly FixableLinear _first, _second;
    private readonly Dropout _between, _after;
    private readonly LayerNorm _norm;

    internal FeedForwardLayer(int number, NasBertDescription description, RandomSource random)
    {
        int width = SearchSpace.Width(number);
        _first = new FixableLinear(Add("FullConnects.fc1", new Linear(width, 4 * width, random, activation: description.Activation)).Normal(random));
        _between = Add("FullConnects.dropout1", new Dropout(description.ActivationDropout, random));
        _second = new FixableLinear(Add("FullConnects.fc2", new Linear(4 * width, width, random)).Normal(random));
        _after = Add("FullConnects.dropout2", new Dropout(description.Dropout, random));
        _norm = Add("FinalLayerNorm", new LayerNorm(width));
    }

    internal override Tensor Forward(Tensor x, in Padding padding) =>
        padding.Clear(_norm.Forward(_after.Forward(_second.Forward(_between.Forward(_first.Forward(x)))) + x));

    internal override void Fix()
    {
        _first.Fix();
        _second.Fix();
    }
}
