using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// Guesses hidden tokens (Devlin and others 2019): a linear layer, GELU, a normalization, and the product with the vectors of all tokens, which are those of the encoder,
/// plus a bias for each. (…, H) to (…, V), before softmax; give it only the places that are to be guessed.
/// </summary>
internal sealed class MaskedTokenHead : TextHead
{
    private readonly FixableLinear _dense;
    private readonly LayerNorm _norm;
    private readonly Tensor _vectors, _bias;

    /// <param name="description">What it stands on; names are of its family.</param>
    /// <param name="encoder">Whose vectors of tokens it shares.</param>
    /// <param name="random">Draws the first weights.</param>
    internal MaskedTokenHead(EncoderDescription description, TextEncoder encoder, RandomSource random)
    {
        HeadNames names = description.Heads;
        _vectors = encoder.TokenEmbedding;
        (int count, int size) = (_vectors.Shape[0], _vectors.Shape[1]);
        _dense = new FixableLinear(Add(names.MaskedDense, new Linear(encoder.HiddenSize, size, random, activation: Activation.Gelu)).Normal(random));
        _norm = Add(names.MaskedNorm, new LayerNorm(size, description is BertDescription bert ? bert.Epsilon : 1e-5f));
        _bias = AddParameter(names.MaskedBias, Tensor.Zeros([count]));
    }

    public override Tensor Forward(Tensor x) => _norm.Forward(_dense.Forward(x)).Linear(_vectors, _bias);

    internal override void Fix() => _dense.Fix();
}
