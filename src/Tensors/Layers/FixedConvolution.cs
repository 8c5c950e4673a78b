using MLPipelines.Tensors.Cpu;

namespace MLPipelines.Tensors.Layers;

/// <summary>
/// A convolution whose weights do not change any more: they are brought into the order that the kernels read them in once, and a batch normalization after
/// it, by known statistics, is part of them. For predictions; many threads may use it.
/// </summary>
internal sealed unsafe class FixedConvolution
{
    private readonly ConvolutionSize _size;
    private readonly Tensor _weight, _bias;
    private readonly bool _isRectified;
    private volatile Packed? _packed;

    /// <param name="convolution">The convolution.</param>
    /// <param name="norm">What follows it and becomes part of it, with its ReLU; or nothing.</param>
    internal FixedConvolution(Conv2d convolution, BatchNorm? norm = null)
    {
        using var quiet = new NoGradient();
        (_size, _isRectified) = (convolution.SizeFor([1, 1, 1, convolution.Inputs]), norm?.IsRectified ?? convolution.IsRectified);
        (_weight, _bias) = (convolution.Weight, convolution.Bias);
        if (norm is null) return;
        Tensor scale = norm.Weight / (norm.RunningVariance + norm.Epsilon).Sqrt();
        Tensor shift = norm.Bias - norm.RunningMean * scale;
        _bias = _bias.IsNone ? shift : _bias * scale + shift;
        _weight = (_weight * scale.Reshape(-1, 1, 1, 1)).Contiguous();
    }

    internal Tensor Forward(Tensor x)
    {
        ConvolutionSize size = _size with { Images = x.Shape[0], Height = x.Shape[1], Width = x.Shape[2], IsByImage = true };
        Tensor input = x.Dense(), y = x.NewLike([size.Images, size.OutHeight, size.OutWidth, size.OutChannels]);
        float* bias = _bias.IsNone ? null : _bias.Floats;
        if (size.IsDepthwise)
        {
            x.Backend.Convolve(size, input.Floats, _weight.Floats, bias, _isRectified, y.Floats);
            return y;
        }
        Packed packed = PackedFor(size);
        x.Backend.ConvolvePacked(size, input.Floats, packed.Weights.Floats, bias, _isRectified, y.Floats);
        return y;
    }

    /// <summary>The order depends on the size of pictures, which is the same at every call but for networks that take any.</summary>
    private Packed PackedFor(in ConvolutionSize size)
    {
        if (_packed is { } packed && packed.Height == size.Height && packed.Width == size.Width && packed.Kernels == KernelWidths.Current) return packed;
        ConvolutionSize one = size with { Images = 1 };
        Tensor weights = _weight.NewLike([checked((int)_weight.Backend.PackedLength(one))]).Keep();
        _weight.Backend.PackWeights(one, _weight.Floats, weights.Floats);
        return _packed = new Packed(size.Height, size.Width, KernelWidths.Current, weights);
    }

    private sealed record Packed(int Height, int Width, KernelWidth Kernels, Tensor Weights);
}
