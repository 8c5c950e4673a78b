using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>A linear layer whose weights are packed once there is nothing more to learn: a text then comes to the same bits whatever texts are beside it.</summary>
internal sealed class FixableLinear(Linear layer)
{
    private FixedLinear? _fixed;

    internal Linear Layer => layer;

    internal Tensor Forward(Tensor x) => _fixed is null ? layer.Forward(x) : _fixed.Forward(x);

    internal void Fix() => _fixed = new FixedLinear(layer);
}
