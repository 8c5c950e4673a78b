using MLPipelines.Tensors;

namespace MLPipelines.Neural.Transformers;

/// <summary>Two separable convolutions of NAS-BERT.</summary>
internal sealed class ConvolutionLayer : EncoderLayer
{
    private readonly SeparableConvolution _first, _second;

    internal ConvolutionLayer(int number, NasBertDescription description, RandomSource random)
    {
        (int width, int kernel) = (SearchSpace.Width(number), SearchSpace.Kernel(number));
        _first = Add("Conv1", new SeparableConvolution(width, kernel, description, random));
        Add("LayerNorm1", _first.Norm);
        _second = Add("Conv2", new SeparableConvolution(width, kernel, description, random));
        Add("LayerNorm2", _second.Norm);
    }

    internal override Tensor Forward(Tensor x, in Padding padding) => _second.Forward(_first.Forward(x, padding), padding);

    internal override void Fix()
    {
        _first.Fix();
        _second.Fix();
    }
}
