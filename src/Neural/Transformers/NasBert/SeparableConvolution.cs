using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Transformers;

/// <summary>
/// A convolution of each channel along the text, then a linear layer of the channels (kernels of length 1, as PyTorch keeps them), an activation and dropout:
/// added to what came in and normalized.
/// </summary>
internal sealed class SeparableConvolution : EncoderLayer
{
    private readonly Conv1d _along, _across;
    private readonly Activation _activation;
    private readonly Dropout _dropout;
    private readonly LayerNorm _norm;
    private FixedLinear? _fixed;

    internal SeparableConvolution(int width, int kernel, NasBertDescription description, RandomSource random)
    {
        float deviation = MathF.Sqrt(4 * (1 - description.Dropout) / (kernel * width));
        _activation = description.Activation;
        _along = Add("conv.Conv.conv1", new Conv1d(width, width, kernel, random, padding: kernel / 2, groups: width));
        _across = Add("conv.Conv.conv2", new Conv1d(width, width, 1, random));
        _along.Weight.Normal(random, deviation);
        _across.Weight.Normal(random, deviation);
        _across.Bias.Fill(0);
        _dropout = Add("dropout", new Dropout(description.ActivationDropout, random));
        _norm = new LayerNorm(width);
    }

    /// <summary>Its owner has it by a name of its own.</summary>
    internal LayerNorm Norm => _norm;

    internal override Tensor Forward(Tensor x, in Padding padding)
    {
        Tensor along = _along.Forward(x), mixed = _fixed is null ? along.Linear(Across, _across.Bias, _activation) : _fixed.Forward(along);
        // What follows may read past the end of a text, where there are to be zeros.
        return padding.Clear(_norm.Forward(_dropout.Forward(mixed) + x));
    }

    internal override void Fix()
    {
        using var quiet = new NoGradient();
        _fixed = new FixedLinear(Across.Keep(), _across.Bias, _activation);
    }

    /// <summary>Kernels of one token as a matrix.</summary>
    private Tensor Across => _across.Weight.Reshape(_across.Weight.Shape[0], -1);
}
