using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>The linear layer of NAS-BERT between blocks of different widths.</summary>
internal sealed class TransferLayer : EncoderLayer
{
    private readonly FixableLinear _transfer;

    internal TransferLayer(int from, int to, RandomSource random) => _transfer = new FixableLinear(Add("InHiddenTransfer", new Linear(from, to, random)).Normal(random));

    internal override Tensor Forward(Tensor x, in Padding padding) => padding.Clear(_transfer.Forward(x));

    internal override void Fix() => _transfer.Fix();
}
