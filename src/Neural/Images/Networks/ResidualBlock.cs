using MLPipelines.Tensors;
using MLPipelines.Tensors.Layers;

namespace MLPipelines.Neural.Images;

/// <summary>
/// Two convolutions of 3×3, or one of 3×3 between two of 1×1 on a quarter of the channels, to whose result its own input is added (He and others
/// 2016). Named as torchvision names it.
/// </summary>
internal sealed class ResidualBlock : Layer
{
    /// <summary>How many times as many channels come out of a bottleneck as its middle has.</summary>
    internal const int Expansion = 4;

    private readonly NormalizedConvolution[] _convolutions;
    private readonly NormalizedConvolution? _shortcut;

    internal ResidualBlock(int inputs, int features, int stride, bool isBottleneck, RandomSource random)
    {
        int outputs = isBottleneck ? features * Expansion : features;
        // The stride is that of the convolution of 3×3, as torchvision has it.
        _convolutions = isBottleneck
            ? [Create(1, inputs, features, 1, 1, true, random), Create(2, features, features, 3, stride, true, random), Create(3, features, outputs, 1, 1, true, random)]
            : [Create(1, inputs, features, 3, stride, true, random), Create(2, features, outputs, 3, 1, true, random)];
        if (stride == 1 && inputs == outputs) return;
        var past = Add("downsample", new Shortcut(inputs, outputs, stride, random));
        _shortcut = past.Convolution;
    }

    internal IEnumerable<NormalizedConvolution> Convolutions => _shortcut is null ? _convolutions : [.. _convolutions, _shortcut];

    /// <summary>The normalization that the block's result comes from.</summary>
    internal BatchNorm Last => _convolutions[^1].Norm;

    internal void Fix()
    {
        foreach (NormalizedConvolution convolution in Convolutions) convolution.Fix(isAddedTo: convolution == _convolutions[^1]);
    }

    public override Tensor Forward(Tensor x)
    {
        Tensor y = x;
        for (int i = 0; i < _convolutions.Length - 1; i++) y = _convolutions[i].Forward(y);
        return _convolutions[^1].Forward(y, _shortcut is null ? x : _shortcut.Forward(x));
    }

    private NormalizedConvolution Create(int number, int inputs, int outputs, int kernel, int stride, bool isRectified, RandomSource random) => new(
        Add($"conv{number}", new Conv2d(inputs, outputs, kernel, random, stride, kernel / 2, hasBias: false)),
        Add($"bn{number}", new BatchNorm(outputs, isRectified: isRectified)));

    /// <summary>What brings a block's input to the size of its result: a convolution of 1×1 and its normalization, named 0 and 1.</summary>
    private sealed class Shortcut : Module
    {
        internal Shortcut(int inputs, int outputs, int stride, RandomSource random) => Convolution = new NormalizedConvolution(
            Add("0", new Conv2d(inputs, outputs, 1, random, stride, hasBias: false)), Add("1", new BatchNorm(outputs)));

        internal NormalizedConvolution Convolution { get; }
    }
}
